"""Dash pieces used by several pages."""
