"""What the API answers, as pydantic models: columns and meanings are those of `schema`."""

from typing import Any

from pydantic import BaseModel, Field, create_model

from observatory.domain.network_metrics import MEASURES
from observatory.reports.plan_table import NODE_COLUMNS
from observatory.schema import (
    CITIES,
    EVENTS,
    EVIDENCE_MEANING,
    INDICATORS,
    OBSERVATIONS,
    PARTICIPATIONS,
    SOURCES,
    SOURCES_MEANING,
    Column,
    Table,
)

PYTHON_TYPES: dict[str, object] = {
    "VARCHAR": str,
    "VARCHAR[]": list[str],
    "DATE": str,
    "DOUBLE": float,
    "INTEGER": int,
    "SMALLINT": int,
    "TINYINT": int,
}

CITY_COLUMNS = (
    "city_id",
    "member_name",
    "city",
    "country",
    "iso3",
    "region",
    "member_kind",
    "evidence",
    "latitude_deg",
    "longitude_deg",
)
INDICATOR_COLUMNS = INDICATORS.column_names
SOURCE_COLUMNS = tuple(name for name in SOURCES.column_names if name not in {"rank", "sha256"})


def _columns(table: Table) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


def _field(column: Column) -> tuple[object, Any]:
    """Type and description of a column, as pydantic takes them; what may be missing is null."""
    kind: Any = PYTHON_TYPES[column.sql_type]
    unit = f", in {column.unit}" if column.unit else ""
    return (kind if column.required else kind | None, Field(description=f"{column.meaning}{unit}"))


def _model(name: str, fields: dict[str, tuple[object, Any]]) -> type[BaseModel]:
    given: dict[str, Any] = dict(fields)
    return create_model(name, **given)


def _row(name: str, table: Table, columns: tuple[str, ...]) -> type[BaseModel]:
    known = _columns(table)
    return _model(name, {column: _field(known[column]) for column in columns})


def _page(name: str, row: type[BaseModel]) -> type[BaseModel]:
    rows: Any = list[row]  # type: ignore[valid-type]  # made when the module is read
    cursor = Field(description="`cursor` of the next page, or null on the last one")
    return _model(name, {"data": (rows, ...), "next": (str | None, cursor)})


_OBSERVATION = _columns(OBSERVATIONS)
_SNAPSHOT = (str, Field(description="id of the snapshot the answer is from"))

City = _row("City", CITIES, CITY_COLUMNS)
Indicator = _row("Indicator", INDICATORS, INDICATOR_COLUMNS)
Source = _row("Source", SOURCES, SOURCE_COLUMNS)
Observation = _model(
    "Observation",
    {
        "observation_id": _field(_OBSERVATION["observation_id"]),
        "indicator_id": _field(_OBSERVATION["indicator_id"]),
        "place_id": _field(_OBSERVATION["place_id"]),
        "period": _field(_OBSERVATION["period_year"]),
        "value": _field(_OBSERVATION["value"]),
        "category": _field(_OBSERVATION["category"]),
        "unit": _field(_columns(INDICATORS)["unit"]),
        "status": _field(_OBSERVATION["status"]),
        "scale": _field(_OBSERVATION["scale"]),
        "boundary": _field(_OBSERVATION["boundary"]),
        "source_id": _field(_OBSERVATION["source_id"]),
        "source_row": _field(_OBSERVATION["source_row"]),
        "looked_on": _field(_columns(SOURCES)["looked_on"]),
        "note": _field(_OBSERVATION["note"]),
        "snapshot": _SNAPSHOT,
    },
)

Event = _model(
    "Event",
    {
        **{name: _field(_columns(EVENTS)[name]) for name in EVENTS.column_names},
        "members": (int, Field(description="members that took part")),
        "outside": (int, Field(description="partners outside the roster that took part")),
    },
)
Participation = _row("Participation", PARTICIPATIONS, PARTICIPATIONS.column_names)
Tie = _model(
    "Tie",
    {
        "city_a": (str, Field(description="the member whose id comes first")),
        "city_b": (str, Field(description="the other member")),
        "strength": (float, Field(description="sum of the weights of what joins them")),
        "events": (int, Field(description="distinct events, and air links")),
        "kinds": (str, Field(description="kinds of what joins them, separated by ;")),
        "first_year": (int | None, Field(description="first year on record")),
        "last_year": (int | None, Field(description="last year on record")),
        "evidence": (str, Field(description=EVIDENCE_MEANING)),
        "sources": (str, Field(description=SOURCES_MEANING)),
        "snapshot": _SNAPSHOT,
    },
)
_MEASURED_ON = {
    "linked": (int, Field(description="members with a tie, among whom it was measured")),
    "members": (int, Field(description="members looked at")),
    "ties": (int, Field(description="ties between them")),
    "filter": (str, Field(description="what counts in the network, as a query string")),
    "seed": (int, Field(description="of the runs that found the communities")),
    "snapshot": _SNAPSHOT,
    "published_on": (str, Field(description="day on which the snapshot was published")),
}
Metric = _model(
    "Metric",
    {
        "city_id": (str, Field(description="the member")),
        **{
            name: (float | None, Field(description="see /methods; null where it has no meaning"))
            for name in MEASURES
        },
        "community": (int | None, Field(description="number of its community, 1 the largest")),
        **_MEASURED_ON,
    },
)

PlanNode = _model("PlanNode", {column.name: _field(column) for column in NODE_COLUMNS})

PlanPage = _page("PlanPage", PlanNode)
CityPage = _page("CityPage", City)
IndicatorPage = _page("IndicatorPage", Indicator)
ObservationPage = _page("ObservationPage", Observation)
SourcePage = _page("SourcePage", Source)
EventPage = _page("EventPage", Event)
ParticipationPage = _page("ParticipationPage", Participation)
TiePage = _page("TiePage", Tie)
MetricPage = _page("MetricPage", Metric)


class Snapshot(BaseModel):
    """The published snapshot that every answer comes from."""

    snapshot_id: str = Field(description="the first 12 digits of the content hash")
    content_hash: str = Field(description="SHA-256 of the content: equal facts, equal hash")
    sequence: int = Field(description="grows with every publication")
    schema_version: int = Field(description="version of the tables' declaration")
    published_at: str = Field(description="when it was published, ISO 8601, UTC")


class SearchResult(BaseModel):
    """Something that matches a text."""

    kind: str = Field(description="kind of thing: city, indicator, source, method")
    kind_title: str = Field(description="what a group of this kind is called")
    id: str = Field(description="its id, unique within its kind")
    name: str = Field(description="what it is called")
    detail: str = Field(description="what tells it from others of the same name")
    why: str = Field(description="the name that matched, where it is not the one shown; else empty")
    href: str = Field(description="path of its page")
    match: str = Field(
        description="how well it matches: exact, prefix, words, related, within, fuzzy, near"
    )
    region: str | None = Field(description="region of a member, else null")
    evidence: str | None = Field(description="how well a member's seat is documented, else null")


class SearchAnswer(BaseModel):
    """What matches a text, the best first."""

    data: list[SearchResult] = Field(description="the best matches")
    next: None = Field(description="null: there are no further pages, raise `limit` instead")
    total: int = Field(description="how many things match")
    near: list[SearchResult] = Field(description="the nearest names where nothing matches")
    summary: str = Field(description="the answer in a sentence")


class Fault(BaseModel):
    """One thing wrong with a request."""

    parameter: str = Field(description="the parameter it is about")
    reason: str = Field(description="what is wrong with it")
    near: list[str] = Field(default=[], description="ids that may have been meant, best first")


class ProblemDocument(BaseModel):
    """An error, as RFC 9457 writes it."""

    type: str = Field(description="URI of the kind of problem")
    title: str = Field(description="the kind of problem in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="what is wrong and what to do")
    errors: list[Fault] = Field(default=[], description="everything wrong with the request")


class NewUpdate(BaseModel):
    """An update of the plan, as a program sends it."""

    model_config = {"extra": "forbid"}

    kind: str = Field(description="actual, stage, milestone, risk or forecast")
    initiative_id: str = Field(description="the initiative it is about")
    subject_id: str = Field(description="the measure, milestone, risk or initiative")
    content: dict[str, str | float | int | bool | None] = Field(
        description="the fields of the kind; of a figure: period, value, relation, source_url, note"
    )
    submit: bool = Field(default=True, description="whether to hand it in, or keep it as a draft")


class UpdateTaken(BaseModel):
    """An update that was taken."""

    update_id: str = Field(description="its id")
    state: str = Field(description="draft or submitted")
    href: str = Field(description="path of its page")
