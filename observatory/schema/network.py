"""Tables of the cooperation network: kinds, events, who took part, air links."""

from observatory.schema.declaration import Column, Table, choice, identifier, text, year
from observatory.schema.vocabulary import EVENT_KINDS, TIE_STRENGTHS

EVIDENCE_MEANING = (
    "what joins them: ids of events, and air_link:YEAR for years of an air link, separated by ;"
)
SOURCES_MEANING = "addresses of the pages that state it, separated by blanks"
KINDS_OF_EVENTS = Table(
    "event_kinds",
    "one kind of cooperation: a layer of the network, and what a tie of it counts",
    (
        choice("kind", "kind of cooperation", EVENT_KINDS),
        choice("strength", "how close cities come by it", TIE_STRENGTHS),
        Column(
            "weight",
            "DOUBLE",
            "what one shared event adds to a tie; ours, not the association's",
            condition="weight BETWEEN 0 AND 100",
            rule="a number from 0 to 100",
        ),
        text("roles_without_tie", "roles that make no tie, separated by ;", required=False),
        text("meaning", "which cities a tie joins"),
    ),
    key=("kind",),
)

EVENTS = Table(
    "events",
    "one occasion on which members, and others, worked together or met",
    (
        Column(
            "event_id",
            "VARCHAR",
            "id of the event",
            condition="regexp_full_match(event_id, '[A-Za-z0-9]+([-_][A-Za-z0-9]+)*')",
            rule="a short id of letters, digits, - and _",
        ),
        choice("kind", "kind of cooperation", EVENT_KINDS[:-1]),
        text("title", "title"),
        text("themes", "themes of the catalogue that the title names, with ;", required=False),
        year("year_start", "first year; empty where no source gives it"),
        year("year_end", "last year; empty where it lasts, or no source gives it"),
        text("note", "remark", required=False),
    ),
    key=("event_id",),
    references=(("kind", "event_kinds", "kind"),),
)

ORGANISATIONS = Table(
    "organisations",
    "a partner outside the roster; it never counts as a member",
    (
        identifier("organisation_id", "id of the partner"),
        text("name", "name as the sources state it"),
        text("country", "country as the sources state it", required=False),
        choice("kind", "kind of partner", ("government", "body")),
        text("note", "remark", required=False),
    ),
    key=("organisation_id",),
)

PARTICIPATIONS = Table(
    "participations",
    "one part that a member or an outside partner had in an event",
    (
        text("event_id", "the event"),
        text("city_id", "the member; empty for a partner outside the roster", required=False),
        text("organisation_id", "the outside partner; empty for a member", required=False),
        text("name_as_stated", "name in the source"),
        text("country_as_stated", "country in the source", required=False),
        text("role", "role: lead, partner, participant, host, winner, …"),
        text("source_url", "where it is documented"),
        text("note", "what the document says", required=False),
    ),
    key=("event_id", "city_id", "organisation_id", "role"),
    references=(
        ("event_id", "events", "event_id"),
        ("city_id", "cities", "city_id"),
        ("organisation_id", "organisations", "organisation_id"),
    ),
)

AIR_LINKS = Table(
    "air_links",
    "two members joined by a flight without a stop in a year",
    (
        identifier("city_a", "the member whose id comes first"),
        Column(
            "city_b",
            "VARCHAR",
            "the other member",
            condition="city_b > city_a",
            rule="the id that comes second in the alphabet",
        ),
        year("period_year", "year of the timetable", required=True),
        Column(
            "routes",
            "INTEGER",
            "routes of airlines in either direction, code-shares included",
            "routes",
            condition="routes > 0",
            rule="a number above 0",
        ),
        text("source_id", "source"),
    ),
    key=("city_a", "city_b", "period_year"),
    references=(
        ("city_a", "cities", "city_id"),
        ("city_b", "cities", "city_id"),
        ("source_id", "sources", "source_id"),
    ),
)
