"""One small module per upstream source: its file, as it comes, to tidy rows."""
