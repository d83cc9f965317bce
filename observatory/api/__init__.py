"""The REST interface: thin routes over the same queries."""
