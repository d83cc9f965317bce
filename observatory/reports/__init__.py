"""Printed pages: city sheets as tagged PDF, made by Typst."""
