"""The only code that writes a snapshot."""
