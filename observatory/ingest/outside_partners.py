"""Partners outside the roster: known again by name and country, and given ids when they come."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from observatory.domain.names import plain_name
from observatory.ingest.files import csv_frame
from observatory.ingest.writing import csv_text
from observatory.schema import ORGANISATIONS

COLUMNS = list(ORGANISATIONS.column_names)


class OutsidePartners:
    """The outside partners on record, and those that an import adds to them.

    Attributes:
        added: by organisation_id, the (name, country) of each that came, in the order it came.
    """

    def __init__(self, known: pd.DataFrame, codes: Mapping[str, str]) -> None:
        """Start from those on record.

        Args:
            known: columns of `organisations`, as text.
            codes: ISO 3166-1 alpha-3 by plain country name (see `country_codes`).
        """
        self.added: dict[str, tuple[str, str]] = {}
        self._codes = codes
        self._known = known[COLUMNS]
        self._ids = set(known["organisation_id"])
        self._by_name = {
            self._key(row.name, row.country): str(row.organisation_id)
            for row in known.itertuples(index=False)
        }

    @classmethod
    def of(cls, datasets_dir: Path, codes: Mapping[str, str]) -> "OutsidePartners":
        """Those of datasets/network."""
        return cls(csv_frame(datasets_dir / "network" / "organisations.csv", COLUMNS), codes)

    def __contains__(self, organisation_id: str) -> bool:
        """Whether the id is one on record or one that came."""
        return organisation_id in self._ids

    def find(self, name: str, country: str) -> str | None:
        """The id of the partner of exactly this name in this country, if it is known."""
        return self._by_name.get(self._key(name, country))

    def id_for(self, name: str, country: str) -> str:
        """The id of the partner of this name in this country, or the one it would get."""
        return self.find(name, country) or self._free_id(name, country)

    def found_or_added(self, name: str, country: str) -> str:
        """The id of the partner of this name in this country; a new one is added."""
        organisation_id = self.id_for(name, country)
        if organisation_id not in self._ids:
            self._ids.add(organisation_id)
            self._by_name[self._key(name, country)] = organisation_id
            self.added[organisation_id] = (name, country)
        return organisation_id

    def names(self) -> pd.DataFrame:
        """Columns organisation_id, name, country of those on record."""
        return self._known[["organisation_id", "name", "country"]]

    def content(self) -> str:
        """The new organisations.csv, sorted by id."""
        rows = self._known.to_numpy().tolist()
        rows += [
            [organisation_id, name, country, "government", ""]
            for organisation_id, (name, country) in self.added.items()
        ]
        return csv_text(COLUMNS, sorted(rows))

    def _key(self, name: str, country: str) -> tuple[str, str]:
        plain = plain_name(country)
        return plain_name(name), self._codes.get(plain, plain)

    def _free_id(self, name: str, country: str) -> str:
        """Name and country as they stand in addresses; a number where that is taken."""
        wanted = _slug(name, country)
        number = 2
        free = wanted
        while free in self._ids:
            free, number = f"{wanted}-{number}", number + 1
        return free


def _slug(name: str, country: str) -> str:
    parts = [re.sub(r"[^a-z0-9]+", "-", plain_name(part)).strip("-") for part in (name, country)]
    if not parts[0]:  # a name in another script: ids are of Latin letters
        parts[0] = f"partner-{hashlib.sha256(plain_name(name).encode()).hexdigest()[:8]}"
    return "-".join(part for part in parts if part)
