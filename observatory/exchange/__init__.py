"""Formats of the outside world: tables as files, the snapshot as a Data Package."""
