"""The read side: one published snapshot at a time."""
