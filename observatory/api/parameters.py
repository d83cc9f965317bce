"""What a request may ask for: one model per kind of question; anything else is refused."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from observatory.domain.search_index import LONGEST_TEXT
from observatory.language import gettext as _
from observatory.schema import EVENT_KINDS, EVIDENCE_LEVELS, REGIONS, SCALES, STATUSES

FIRST_YEAR, LAST_YEAR = 1900, 2100  # the years an observation can have, as `schema` says
DEFAULT_LIMIT, HIGHEST_LIMIT = 100, 1000
LONGEST_ID, LONGEST_LIST, LONGEST_CURSOR = 200, 200, 2000
DEFAULT_FOUND, HIGHEST_FOUND = 10, 100
FORMATS = ("json", "csv", "parquet")


@dataclass(frozen=True)
class OneOf:
    """Says that a text is one of some values; the document lists them."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.literal_schema(list(self.values))


def _refusal(reason: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{reason}", {"reason": reason})


def _once(given: object) -> str:
    if not isinstance(given, str):
        raise _refusal(_("is given more than once"))
    return given


def _whole_number(given: object) -> int:
    """Digits only: `int` would also take 1_000, spaces and digits of other scripts."""
    text = _once(given)
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise _refusal(_("is not a whole number"))
    return int(text)


def _day(given: object) -> dt.date:
    text = _once(given)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass  # a day that is in no calendar: refused as below
    raise _refusal(_("is not a date as 2026-01-31"))


Once = BeforeValidator(_once)
Year = Annotated[
    int,
    Field(ge=FIRST_YEAR, le=LAST_YEAR),
    BeforeValidator(_whole_number),
]
YEAR_SCHEMA = WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR})
DAY_SCHEMA = WithJsonSchema({"type": "string", "format": "date"})
CURSOR_SCHEMA = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_CURSOR})
FORMAT_SCHEMA = WithJsonSchema({"type": "string", "enum": list(FORMATS)})
ID_SCHEMA = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_ID})

Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Ids = Annotated[list[Id], Field(max_length=LONGEST_LIST)]


class Question(BaseModel):
    """What every endpoint takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: Annotated[Annotated[dt.date, BeforeValidator(_day)] | None, DAY_SCHEMA] = Field(
        default=None,
        description="Answer from the snapshot that was served at the end of this day, UTC. A day "
        "whose snapshot is not kept gets 404, with the first day that can be asked for.",
    )


class TableQuestion(Question):
    """What every table takes."""

    format: Annotated[Annotated[str, OneOf(FORMATS)] | None, FORMAT_SCHEMA] = Field(
        default=None,
        description="Form of the answer; without it, the Accept header decides, JSON first.",
    )
    limit: Annotated[int, Field(ge=1, le=HIGHEST_LIMIT), BeforeValidator(_whole_number)] = Field(
        default=DEFAULT_LIMIT,
        description="Rows of a page. CSV and Parquet hold all rows unless it is given.",
    )
    cursor: Annotated[
        Annotated[str, Once, Field(min_length=1, max_length=LONGEST_CURSOR)] | None, CURSOR_SCHEMA
    ] = Field(
        default=None,
        description="`next` of the page before, with the same question and snapshot.",
    )

    @property
    def rows(self) -> int | None:
        """Rows of a page, or None where the caller set no limit."""
        return self.limit if "limit" in self.model_fields_set else None


class CityQuestion(TableQuestion):
    """Filters of `cities`."""

    region: list[Annotated[str, OneOf(REGIONS)]] = Field(
        default=[], description="Members of these regions; repeatable."
    )


class ObservationQuestion(TableQuestion):
    """Filters of `observations`; a row meets all of them, and one value of each list."""

    indicator: Ids = Field(default=[], description="Ids of indicators; repeatable.")
    place: Ids = Field(
        default=[],
        description="City ids, or ISO 3166-1 alpha-3 codes for national series; repeatable.",
    )
    region: list[Annotated[str, OneOf(REGIONS)]] = Field(
        default=[],
        description="Members of these regions and the countries they are in; repeatable.",
    )
    from_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="from", description="First year; leaves out what has no year."
    )
    to_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="to", description="Last year; leaves out what has no year."
    )
    status: list[Annotated[str, OneOf(STATUSES)]] = Field(
        default=[], description="How the value came about; repeatable."
    )
    scale: list[Annotated[str, OneOf(SCALES)]] = Field(
        default=[], description="Geographic scale; repeatable."
    )
    source: Ids = Field(default=[], description="Ids of sources; repeatable.")


class EventQuestion(TableQuestion):
    """Filters of `events`; an event meets all of them, and one value of each list."""

    kind: list[Annotated[str, OneOf(EVENT_KINDS[:-1])]] = Field(
        default=[], description="Kinds of cooperation; repeatable."
    )
    theme: Ids = Field(default=[], description="Themes of the catalogue; repeatable.")
    city: Ids = Field(default=[], description="Members that took part; repeatable.")
    from_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="from", description="First year; leaves out what has no year."
    )
    to_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="to", description="Last year; leaves out what has no year."
    )


class ParticipationQuestion(TableQuestion):
    """Filters of `participations`; a row meets all of them, and one value of each list."""

    event: Ids = Field(default=[], description="Ids of events; repeatable.")
    city: Ids = Field(default=[], description="Ids of members; repeatable.")
    role: Ids = Field(default=[], description="Roles; repeatable.")


class NetworkQuestion(TableQuestion):
    """Which evidence counts, and between which members."""

    kind: list[Annotated[str, OneOf(EVENT_KINDS)]] = Field(
        default=[],
        description="Kinds of cooperation; repeatable. Without any, those of working together.",
    )
    from_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="from", description="First year of the events."
    )
    to_year: Annotated[Year | None, YEAR_SCHEMA] = Field(
        default=None, alias="to", description="Last year of the events."
    )
    undated: Annotated[Annotated[str, OneOf(("0", "1"))], Once] = Field(
        default="0", description="1: events without a year count inside a window of years."
    )
    theme: Annotated[Annotated[Id, Once] | None, ID_SCHEMA] = Field(
        default=None, description="Theme of the events; air links have none."
    )
    region: list[Annotated[str, OneOf(REGIONS)]] = Field(
        default=[], description="Members of these regions; repeatable."
    )
    evidence: list[Annotated[str, OneOf(EVIDENCE_LEVELS)]] = Field(
        default=[], description="Members whose seat is documented so well; repeatable."
    )
    city: Ids = Field(
        default=[],
        description="Only the rows of these members, or with one of them; the network stays whole. "
        "Repeatable.",
    )


class SearchQuestion(Question):
    """What to look for."""

    q: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), Once] = Field(
        description="Name, part of a name, id or word to look for, in any language."
    )
    limit: Annotated[int, Field(ge=1, le=HIGHEST_FOUND), BeforeValidator(_whole_number)] = Field(
        default=DEFAULT_FOUND, description="Matches to answer, the best first."
    )


def reason_of(kind: str, message: str) -> str:
    """What pydantic found wrong with one parameter, in words for the caller."""
    return _("is not a parameter of this address") if kind == "extra_forbidden" else message


class PlanQuestion(TableQuestion):
    """What the plan takes: it is computed anew for any day."""

    as_of: Annotated[Annotated[dt.date, BeforeValidator(_day)] | None, DAY_SCHEMA] = Field(
        default=None, description="The plan as it was known on this day; today if left out."
    )
    illustrative: Annotated[str, OneOf(("on", "off"))] = Field(
        default="on", description="Whether illustrative targets, which are ours, count."
    )
