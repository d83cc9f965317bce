"""Programs beside the observatory: measuring, and finding a browser for the tests."""
