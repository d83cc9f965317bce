"""Who people are, what they may, and what they write. SQLite by default, PostgreSQL by its URL."""
