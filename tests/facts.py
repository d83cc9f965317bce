"""Copies of the small facts that a test may change."""

import hashlib
from pathlib import Path


def change_fact(datasets_dir: Path, name: str, before: str, after: str) -> None:
    """Change a text in a file of the facts; the checksum of a source's file follows."""
    path = datasets_dir / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    if name.startswith("observations/"):
        catalogue = datasets_dir / "sources.toml"
        old = hashlib.sha256(text.encode()).hexdigest()
        new = hashlib.sha256(path.read_bytes()).hexdigest()
        catalogue.write_text(catalogue.read_text().replace(old, new))
