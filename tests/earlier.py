"""Snapshots that were served before: tests say on which day."""

import json
from pathlib import Path

from observatory.config import Settings
from observatory.store.publication import Publication, snapshots_dir


def backdate(settings: Settings, publication: Publication, day: str) -> None:
    """Make a snapshot that was replaced one that was published at noon of a day."""
    path = snapshots_dir(settings.data_dir) / Path(publication.file).with_suffix(".json")
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "published_at": f"{day}T12:00:00+00:00"}), encoding="utf-8")
