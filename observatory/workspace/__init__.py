"""What people write: saved views. SQLite by default, PostgreSQL by its URL."""
