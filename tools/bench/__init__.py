"""`make bench`: what the budgets ask, measured on this machine."""
