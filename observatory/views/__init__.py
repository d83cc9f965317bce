"""What is drawn; knows frames and indicators, not the database."""
