"""Every warehouse table, declared once: columns, types, units, conditions, keys.

`CREATE TABLE`, the validation of staged rows and the data dictionary are made from this.
"""

from dataclasses import dataclass

SCHEMA_VERSION = 1

STATUSES = ("observed", "estimated", "projected", "provisional", "derived")
SCALES = ("metro", "city", "national")
KINDS = ("number", "category", "flag")
POLARITIES = ("higher", "lower", "none")
EVIDENCE_LEVELS = ("A", "B", "C", "D")
LICENCE_CLASSES = ("open", "restricted")
REGIONS = (
    "Africa",
    "Asia-Pacific",
    "Europe",
    "Latin America & Caribbean",
    "North America",
)
MEMBER_KINDS = ("city", "metropolitan area", "province/region")
STANDS_FOR = ("city", "metropolis", "region")
OUTCOMES = ("matched", "ambiguous", "unmatched")


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

    `references` maps a column to the (table, column) that must hold its value.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in declared order."""
        return tuple(column.name for column in self.columns)


def _one_of(column: str, values: tuple[str, ...]) -> tuple[str, str]:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})", f"one of {', '.join(values)}"


def _text(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, "VARCHAR", meaning, required=required)


def _choice(name: str, meaning: str, values: tuple[str, ...]) -> Column:
    condition, rule = _one_of(name, values)
    return Column(name, "VARCHAR", meaning, condition=condition, rule=rule)


def _identifier(name: str, meaning: str) -> Column:
    return Column(
        name,
        "VARCHAR",
        meaning,
        condition=f"regexp_full_match({name}, '[a-z0-9]+([-_][a-z0-9]+)*')",
        rule="a short lower-case id of letters, digits, - and _",
    )


_LATITUDE = Column(
    "latitude_deg",
    "DOUBLE",
    "latitude of the seat",
    unit="degrees north",
    condition="latitude_deg BETWEEN -90 AND 90",
    rule="from -90 to 90",
)
_LONGITUDE = Column(
    "longitude_deg",
    "DOUBLE",
    "longitude of the seat",
    unit="degrees east",
    condition="longitude_deg BETWEEN -180 AND 180",
    rule="from -180 to 180",
)
_ISO3 = Column(
    "iso3",
    "VARCHAR",
    "country, ISO 3166-1 alpha-3",
    condition="regexp_full_match(iso3, '[A-Z]{3}')",
    rule="three capital letters (ISO 3166-1 alpha-3)",
)

CITIES = Table(
    "cities",
    "one member government",
    (
        _identifier("city_id", "stable id of the member"),
        _text("member_name", "name of the member government"),
        _text("city", "name of the city it is or surrounds"),
        _text("country", "country, in English"),
        _ISO3,
        _choice("region", "region of the association", REGIONS),
        _choice("member_kind", "kind of government", MEMBER_KINDS),
        Column("joined_year", "SMALLINT", "year of joining", required=False),
        _LATITUDE,
        _LONGITUDE,
        _text("coordinate_source", "where the coordinates come from", required=False),
        _choice("evidence", "how well the seat is documented", EVIDENCE_LEVELS),
        _text("source_url", "where membership is documented", required=False),
        _text("source_date", "date of that document", required=False),
        _text("note", "what the document says", required=False),
    ),
    key=("city_id",),
    references=(("iso3", "countries", "iso3"),),
)

COUNTRIES = Table(
    "countries",
    "one country or area of ISO 3166-1",
    (
        _ISO3,
        Column("iso2", "VARCHAR", "ISO 3166-1 alpha-2"),
        _text("country_name", "short name in English"),
        _text("aliases", "other spellings in the sources, separated by ;", required=False),
    ),
    key=("iso3",),
)

ALIASES = Table(
    "aliases",
    "another name of a member",
    (
        _identifier("city_id", "the member"),
        _text("alias", "the name"),
        _text("language", "BCP 47 language tag", required=False),
        _choice(
            "kind",
            "kind of name",
            ("official", "other-language", "source-spelling", "former", "agglomeration"),
        ),
        _text("source_id", "the one source in which the name is valid", required=False),
        _text("note", "remark", required=False),
    ),
    key=("city_id", "alias", "source_id"),
    references=(("city_id", "cities", "city_id"), ("source_id", "sources", "source_id")),
)

IDENTIFIERS = Table(
    "identifiers",
    "an identifier of a member in another system",
    (
        _identifier("city_id", "the member"),
        _choice("scheme", "the system", ("geonames", "locode", "iso3166-2")),
        _text("identifier", "the identifier"),
        _text("note", "remark", required=False),
    ),
    key=("scheme", "identifier", "city_id"),
    references=(("city_id", "cities", "city_id"),),
)

SCOPES = Table(
    "scopes",
    "what a member stands for where its kind of government does not tell",
    (
        _identifier("city_id", "the member"),
        _choice("stands_for", "what figures it can take", STANDS_FOR),
        _choice("answers_to_city_name", "whether the city's name is the member's", ("yes", "no")),
        _text("reason", "why"),
    ),
    key=("city_id",),
    references=(("city_id", "cities", "city_id"),),
)

SOURCES = Table(
    "sources",
    "one upstream source",
    (
        _identifier("source_id", "id of the source"),
        _text("publisher", "who publishes it"),
        _text("title", "title of the work"),
        _text("address", "where it is published"),
        _text("licence", "licence or terms"),
        _choice("licence_class", "whether figures may be passed on", LICENCE_CLASSES),
        _text("licence_evidence", "where the licence is stated"),
        _text("scale", "geographic scale"),
        _text("boundary", "boundary the figures refer to"),
        _text("years", "years covered", required=False),
        _text("cautions", "what to mind", required=False),
        _text("citation", "how to cite it"),
        _text("rhythm", "how often it is updated"),
        Column("rhythm_months", "SMALLINT", "months between editions, 0 for never", "months"),
        Column("rank", "SMALLINT", "preference among sources of one indicator, 1 first"),
        Column("looked_on", "DATE", "day we last looked"),
        _text("sha256", "checksum of the tidy file", required=False),
        Column("rows", "INTEGER", "rows of the tidy file", required=False),
    ),
    key=("source_id",),
)

INDICATORS = Table(
    "indicators",
    "one indicator of the catalogue",
    (
        _identifier("indicator_id", "id of the indicator"),
        _text("title", "title in English"),
        _text("theme", "theme"),
        _choice("kind", "kind of value", KINDS),
        _text("unit", "unit"),
        _choice("better", "which direction is better", POLARITIES),
        Column("decimals", "TINYINT", "decimals shown"),
        _choice("scale", "geographic scale", SCALES),
        _text("source_id", "source"),
        _text("sdg", "target of the Sustainable Development Goals", required=False),
        _text("definition", "what is counted"),
        _text("method", "how the value comes about"),
        _text("formula", "formula of a derived indicator", required=False),
        Column("minimum", "DOUBLE", "lowest plausible value", required=False),
        Column("maximum", "DOUBLE", "highest plausible value", required=False),
        Column("categories", "VARCHAR[]", "categories in order", required=False),
        _text("update_rhythm", "how often it is updated"),
    ),
    key=("indicator_id",),
    references=(("source_id", "sources", "source_id"),),
)

OBSERVATIONS = Table(
    "observations",
    "one indicator, place, period and source",
    (
        Column("observation_id", "VARCHAR", "stable hash of the key"),
        _text("indicator_id", "indicator"),
        _text("place_id", "city id, or country code for national series"),
        Column(
            "period_year",
            "SMALLINT",
            "calendar year the value is about; empty where the source gives none",
            required=False,
            condition="period_year BETWEEN 1900 AND 2100",
            rule="a year from 1900 to 2100",
        ),
        Column(
            "value", "DOUBLE", "value in the indicator's unit; 1 or 0 for a flag", required=False
        ),
        _text("category", "value of a category indicator", required=False),
        _choice("status", "how the value came about", STATUSES),
        _choice("scale", "geographic scale", SCALES),
        _text("boundary", "boundary the value refers to"),
        _text("source_id", "source"),
        _text("source_row", "row of the publisher's file"),
        _text("note", "remark of the source or of the adapter", required=False),
    ),
    key=("indicator_id", "place_id", "period_year", "source_id"),
    references=(
        ("indicator_id", "indicators", "indicator_id"),
        ("source_id", "sources", "source_id"),
    ),
)

MATCHES = Table(
    "matches",
    "how a source's places met one member",
    (
        _text("source_id", "source"),
        _identifier("city_id", "member"),
        _choice("outcome", "what came of it", OUTCOMES),
        _text("matched_by", "identifier, name, alias, coordinates or point", required=False),
        _text("place_key", "key of the place in the source", required=False),
        _text("place_name", "name of the place in the source", required=False),
        Column("distance_km", "DOUBLE", "distance between the points", "km", required=False),
        _text("reason_code", "why there is no figure, as a code", required=False),
        _text("reason", "why there is no figure, in words", required=False),
    ),
    key=("source_id", "city_id"),
    references=(("city_id", "cities", "city_id"), ("source_id", "sources", "source_id")),
)

TABLES: tuple[Table, ...] = (
    SOURCES,
    COUNTRIES,
    CITIES,
    ALIASES,
    IDENTIFIERS,
    SCOPES,
    INDICATORS,
    OBSERVATIONS,
    MATCHES,
)
