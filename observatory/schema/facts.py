"""Tables of places, sources, indicators and what is known of them."""

from observatory.schema.declaration import (
    ISO3,
    LATITUDE,
    LONGITUDE,
    Column,
    Table,
    choice,
    identifier,
    text,
)
from observatory.schema.vocabulary import (
    EVIDENCE_LEVELS,
    KINDS,
    LICENCE_CLASSES,
    MEMBER_KINDS,
    OUTCOMES,
    POLARITIES,
    REGIONS,
    SCALES,
    STANDS_FOR,
    STATUSES,
)

CITIES = Table(
    "cities",
    "one member government",
    (
        identifier("city_id", "stable id of the member"),
        text("member_name", "name of the member government"),
        text("city", "name of the city it is or surrounds"),
        text("country", "country, in English"),
        ISO3,
        choice("region", "region of the association", REGIONS),
        choice("member_kind", "kind of government", MEMBER_KINDS),
        Column("joined_year", "SMALLINT", "year of joining", required=False),
        LATITUDE,
        LONGITUDE,
        text("coordinate_source", "where the coordinates come from", required=False),
        choice("evidence", "how well the seat is documented", EVIDENCE_LEVELS),
        text("source_url", "where membership is documented", required=False),
        text("source_date", "date of that document", required=False),
        text("note", "what the document says", required=False),
    ),
    key=("city_id",),
    references=(("iso3", "countries", "iso3"),),
)

COUNTRIES = Table(
    "countries",
    "one country or area of ISO 3166-1",
    (
        ISO3,
        Column("iso2", "VARCHAR", "ISO 3166-1 alpha-2"),
        text("country_name", "short name in English"),
        text("aliases", "other spellings in the sources, separated by ;", required=False),
    ),
    key=("iso3",),
)

ALIASES = Table(
    "aliases",
    "another name of a member",
    (
        identifier("city_id", "the member"),
        text("alias", "the name"),
        text("language", "BCP 47 language tag", required=False),
        choice(
            "kind",
            "kind of name",
            ("official", "other-language", "source-spelling", "former", "agglomeration"),
        ),
        text("source_id", "the one source in which the name is valid", required=False),
        text("note", "remark", required=False),
    ),
    key=("city_id", "alias", "source_id"),
    references=(("city_id", "cities", "city_id"), ("source_id", "sources", "source_id")),
)

IDENTIFIERS = Table(
    "identifiers",
    "an identifier of a member in another system",
    (
        identifier("city_id", "the member"),
        choice("scheme", "the system", ("geonames", "locode", "iso3166-2")),
        text("identifier", "the identifier"),
        text("note", "remark", required=False),
    ),
    key=("scheme", "identifier", "city_id"),
    references=(("city_id", "cities", "city_id"),),
)

SCOPES = Table(
    "scopes",
    "what a member stands for where its kind of government does not tell",
    (
        identifier("city_id", "the member"),
        choice("stands_for", "what figures it can take", STANDS_FOR),
        choice("answers_to_city_name", "whether the city's name is the member's", ("yes", "no")),
        text("reason", "why"),
    ),
    key=("city_id",),
    references=(("city_id", "cities", "city_id"),),
)

SOURCES = Table(
    "sources",
    "one upstream source",
    (
        identifier("source_id", "id of the source"),
        text("publisher", "who publishes it"),
        text("title", "title of the work"),
        text("address", "where it is published"),
        text("licence", "licence or terms"),
        choice("licence_class", "whether figures may be passed on", LICENCE_CLASSES),
        text("licence_evidence", "where the licence is stated"),
        text("scale", "geographic scale"),
        text("boundary", "boundary the figures refer to"),
        text("years", "years covered", required=False),
        text("cautions", "what to mind", required=False),
        text("citation", "how to cite it"),
        text("rhythm", "how often it is updated"),
        Column("rhythm_months", "SMALLINT", "months between editions, 0 for never", "months"),
        Column("rank", "SMALLINT", "preference among sources of one indicator, 1 first"),
        Column("looked_on", "DATE", "day we last looked"),
        text("sha256", "checksum of the tidy file", required=False),
        Column("rows", "INTEGER", "rows of the tidy file", required=False),
    ),
    key=("source_id",),
)

INDICATORS = Table(
    "indicators",
    "one indicator of the catalogue",
    (
        identifier("indicator_id", "id of the indicator"),
        text("title", "title in English"),
        text("theme", "theme"),
        choice("kind", "kind of value", KINDS),
        text("unit", "unit"),
        choice("better", "which direction is better", POLARITIES),
        Column("decimals", "TINYINT", "decimals shown"),
        choice("scale", "geographic scale", SCALES),
        text("source_id", "source"),
        text("sdg", "target of the Sustainable Development Goals", required=False),
        Column("topics", "VARCHAR[]", "words by which people look for it", required=False),
        text("definition", "what is counted"),
        text("method", "how the value comes about"),
        text("formula", "formula of a derived indicator", required=False),
        Column("minimum", "DOUBLE", "lowest plausible value", required=False),
        Column("maximum", "DOUBLE", "highest plausible value", required=False),
        Column("categories", "VARCHAR[]", "categories in order", required=False),
        text("update_rhythm", "how often it is updated"),
    ),
    key=("indicator_id",),
    references=(("source_id", "sources", "source_id"),),
)

OBSERVATIONS = Table(
    "observations",
    "one indicator, place, period and source",
    (
        Column("observation_id", "VARCHAR", "stable hash of the key"),
        text("indicator_id", "indicator"),
        text("place_id", "city id, or country code for national series"),
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
        text("category", "value of a category indicator", required=False),
        choice("status", "how the value came about", STATUSES),
        choice("scale", "geographic scale", SCALES),
        text("boundary", "boundary the value refers to"),
        text("source_id", "source"),
        text("source_row", "row of the publisher's file"),
        text("note", "remark of the source or of the adapter", required=False),
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
        text("source_id", "source"),
        identifier("city_id", "member"),
        choice("outcome", "what came of it", OUTCOMES),
        text("matched_by", "identifier, name, alias, coordinates or point", required=False),
        text("place_key", "key of the place in the source", required=False),
        text("place_name", "name of the place in the source", required=False),
        Column("distance_km", "DOUBLE", "distance between the points", "km", required=False),
        text("reason_code", "why there is no figure, as a code", required=False),
        text("reason", "why there is no figure, in words", required=False),
    ),
    key=("source_id", "city_id"),
    references=(("city_id", "cities", "city_id"), ("source_id", "sources", "source_id")),
)
