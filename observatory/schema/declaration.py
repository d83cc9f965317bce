"""How a table and its columns are declared, and the columns that tables share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: SQL type, meaning, unit, and the condition each value meets.

    `condition` is a SQL expression over the table's columns; `rule` says it in words.
    """

    name: str
    sql_type: str
    meaning: str
    unit: str = ""
    required: bool = True
    condition: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, its key, and the tables its ids point to.

    `references` maps a column to the (table, column) that must hold its value. Rows are kept in the
    order of the key, or, with `in_file_order`, as they stand in their file: a few rows whose order
    means something.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()
    in_file_order: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in declared order."""
        return tuple(column.name for column in self.columns)


def one_of(column: str, values: tuple[str, ...]) -> tuple[str, str]:
    """The condition and the rule of a column that holds one of a few words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})", f"one of {', '.join(values)}"


def text(name: str, meaning: str, *, required: bool = True) -> Column:
    """A column of free text."""
    return Column(name, "VARCHAR", meaning, required=required)


def choice(name: str, meaning: str, values: tuple[str, ...]) -> Column:
    """A required column that holds one of a few words."""
    condition, rule = one_of(name, values)
    return Column(name, "VARCHAR", meaning, condition=condition, rule=rule)


def identifier(name: str, meaning: str) -> Column:
    """A required column of short ids, as they stand in addresses."""
    return Column(
        name,
        "VARCHAR",
        meaning,
        condition=f"regexp_full_match({name}, '[a-z0-9]+([-_][a-z0-9]+)*')",
        rule="a short lower-case id of letters, digits, - and _",
    )


def year(name: str, meaning: str, *, required: bool = False) -> Column:
    """A column of calendar years."""
    return Column(
        name,
        "SMALLINT",
        meaning,
        required=required,
        condition=f"{name} BETWEEN 1900 AND 2100",
        rule="a year from 1900 to 2100",
    )


LATITUDE = Column(
    "latitude_deg",
    "DOUBLE",
    "latitude of the seat",
    unit="degrees north",
    condition="latitude_deg BETWEEN -90 AND 90",
    rule="from -90 to 90",
)
LONGITUDE = Column(
    "longitude_deg",
    "DOUBLE",
    "longitude of the seat",
    unit="degrees east",
    condition="longitude_deg BETWEEN -180 AND 180",
    rule="from -180 to 180",
)
ISO3 = Column(
    "iso3",
    "VARCHAR",
    "country, ISO 3166-1 alpha-3",
    condition="regexp_full_match(iso3, '[A-Z]{3}')",
    rule="three capital letters (ISO 3166-1 alpha-3)",
)
