"""`/passport/<observation_id>`: where one number comes from, as a page and as a window."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from flask import Flask, Response
from markupsafe import Markup

from observatory.domain.freshness import freshness
from observatory.domain.indicators import Indicator
from observatory.errors import StoreError, UnknownIdError
from observatory.language import gettext as _
from observatory.pages.rows import Row
from observatory.pages.visit import Page, Visit
from observatory.queries.catalogue import Source, all_indicators, find_indicator, find_source
from observatory.queries.passport import alternatives, find_observation
from observatory.store.warehouse import Store
from observatory.views.components.data_table import data_table
from observatory.views.components.frame import section
from observatory.views.components.passport import passport_link
from observatory.views.components.static import markup, static
from observatory.views.components.terms import terms
from observatory.views.words import (
    date_text,
    exact_value_text,
    freshness_word,
    period_text,
    scale_word,
    status_word,
    unit_text,
)

PATH = "/passport/<observation_id>"
WINDOW_PATH = "/passport-window/<observation_id>"


def title() -> str:
    """The page's title."""
    return _("Passport of a number")


def layout(store: Store, visit: Visit) -> Component:
    """The passport as a page of its own.

    Raises:
        UnknownIdError: there is no such observation.
    """
    parts = passport_of(store, visit.parts["observation_id"], heading=html.H1)
    return static(html.Div(parts, className="passport-page"))


def passport_of(
    store: Store, observation_id: str, *, heading: type[Component] = html.H2
) -> list[Component | None]:
    """All that is known about one number.

    Args:
        store: the published snapshot.
        observation_id: which number.
        heading: the heading's level: a window stands on a page that has its own.

    Raises:
        UnknownIdError: there is no such observation.
    """
    row = find_observation(store, observation_id)
    indicator = find_indicator(store, str(row["indicator_id"]))
    source = find_source(store, str(row["source_id"]))
    snapshot_id = store.publication().snapshot_id
    others = alternatives(store, observation_id=observation_id)
    return [
        html.P(
            [indicator.title, " · ", str(row["place_name"])],
            className="trail",
            id="passport-trail",
        ),
        heading(_figure(row, indicator), id="passport-heading", tabIndex="-1"),
        html.P(_in_words(row, indicator, source), className="lede"),
        terms(_entries(row, indicator, source, snapshot_id)),
        _buttons(row, indicator, source, snapshot_id),
        _others(others, all_indicators(store), row),
    ]


def _figure(row: Row, indicator: Indicator) -> list[Component | str]:
    number = float(str(row["value"])) if row["value"] is not None else None
    category = str(row["category"]) if row["category"] is not None else None
    return [
        exact_value_text(indicator, number, category),
        html.Span(f" {unit_text(indicator)}", className="unit"),
    ]


def _in_words(row: Row, indicator: Indicator, source: Source) -> str:
    words = {
        "status": status_word(str(row["status"])),
        "period": period_text(row["period_year"]),
        "scale": scale_word(str(row["scale"])),
        "publisher": source.publisher,
        "definition": indicator.definition,
    }
    if row["period_year"] is None:
        return _(
            "{definition} Undated, {status}, at the scale of the {scale}. {publisher}."
        ).format(**words)
    return _(
        "{definition} For {period}, {status}, at the scale of the {scale}. {publisher}."
    ).format(**words)


def _entries(
    row: Row, indicator: Indicator, source: Source, snapshot_id: str
) -> list[tuple[str, object]]:
    return [
        (_("Place"), _place_link(row)),
        (_("Period"), period_text(row["period_year"])),
        (_("Status"), status_word(str(row["status"]))),
        (_("Scale"), scale_word(str(row["scale"]))),
        (_("Boundary"), str(row["boundary"])),
        (_("Method"), indicator.method),
        (_("Formula"), html.Code(indicator.formula) if indicator.formula else None),
        (_("Note"), row["note"]),
        (_("What to mind of the source"), source.cautions or None),
        (_("Source"), dcc.Link(source.title, href=f"/data/sources/{source.source_id}")),
        (_("Row of the source"), str(row["source_row"])),
        (_("Licence"), source.licence),
        (_("Citation"), source.citation),
        (_("Last look"), _last_look(source)),
        (_("Snapshot"), html.Code(snapshot_id)),
        (_("Indicator"), dcc.Link(indicator.title, href=f"/data/{indicator.indicator_id}")),
    ]


def _place_link(row: Row) -> Component | str:
    name, place_id = str(row["place_name"]), str(row["place_id"])
    if row["scale"] == "national":
        return _("{country} (figure of the country)").format(country=name)
    return dcc.Link(name, href=f"/cities/{place_id}")


def _last_look(source: Source) -> str:
    state = freshness(
        date.fromisoformat(source.looked_on), source.rhythm_months, datetime.now(UTC).date()
    )
    return _("{date} ({state}; the source is updated: {rhythm})").format(
        date=date_text(source.looked_on), state=freshness_word(state), rhythm=source.rhythm
    )


def citation(row: Row, indicator: Indicator, source: Source, snapshot_id: str) -> str:
    """The number as one cites it: what, where, when, from whom, and in which snapshot."""
    return _(
        "{title}, {place}, {period}: {figure}. {citation} Metropolis Observatory, "
        "snapshot {snapshot}, observation {observation}, /passport/{observation}."
    ).format(
        title=indicator.title,
        place=row["place_name"],
        period=period_text(row["period_year"]),
        figure=_figure_cited(row, indicator),
        citation=source.citation,
        snapshot=snapshot_id,
        observation=row["observation_id"],
    )


def _figure_cited(row: Row, indicator: Indicator) -> str:
    """The figure with its unit, which is set apart where it begins with a number itself."""
    value = exact_value_text(
        indicator,
        float(str(row["value"])) if row["value"] is not None else None,
        str(row["category"]) if row["category"] is not None else None,
    )
    unit = unit_text(indicator)
    return f"{value} ({unit})" if unit[:1].isdigit() else f"{value} {unit}".strip()


def _buttons(row: Row, indicator: Indicator, source: Source, snapshot_id: str) -> Component:
    observation_id = str(row["observation_id"])
    return html.Div(
        [
            html.Button(
                _("Copy citation"),
                type="button",
                className="button",
                **{
                    "data-copy": citation(row, indicator, source, snapshot_id),
                    "data-done": _("Citation copied"),
                },
            ),
            None
            if source.licence_class != "open"
            else html.Button(
                _("Copy as JSON"),
                type="button",
                className="button",
                **{
                    "data-copy-from": f"/api/v1/observations/{observation_id}",
                    "data-done": _("JSON copied"),
                },
            ),
            html.A(
                _("Address of this passport"),
                href=f"/passport/{observation_id}",
                className="button passport-address",
            ),
        ],
        className="button-row",
    )


def _others(others: pd.DataFrame, indicators: dict[str, Indicator], row: Row) -> Component:
    """What else is known, and why this one is shown."""
    if others.empty:
        return section(
            _("Other figures of the same thing"),
            note=_("No other source we read states this for the same place and period."),
        )
    header = [
        (_("What"), "text"),
        (_("Value"), "number"),
        (_("Period"), "number"),
        (_("Source"), "text"),
        (_("Why it is another"), "text"),
    ]
    rows = [
        [
            other["title"],
            _other_figure(other, indicators[str(other["indicator_id"])]),
            period_text(other["period_year"]),
            other["source_title"],
            _why(other),
        ]
        for other in others.to_dict("records")
    ]
    shown = (
        _("Pages show this one as the newest: the latest period, then the better status, then the "
          "preferred source. A projection never stands for the past.")
        if row["is_latest"]
        else _("Pages show it for its own period; a newer one is shown as the newest.")
    )  # fmt: skip
    return section(
        _("Other figures close to this one"),
        data_table(_("Other figures close to this one"), header, rows),
        note=shown,
    )


def _other_figure(other: Row, indicator: Indicator) -> Markup:
    text = exact_value_text(indicator, float(str(other["value"])), None)
    return passport_link(f"{text} {unit_text(indicator)}".strip(), str(other["observation_id"]))


def _why(other: Row) -> str:
    if other["why"] == "source":
        return _("another source, ranked after the one shown")
    return _("another indicator in the same unit: see its definition before comparing")


def register_passport_window(server: Flask, store: Store) -> None:
    """Answer GET /passport-window/<observation_id>: the passport for a window over a page."""

    @server.get(WINDOW_PATH)
    def passport_window(observation_id: str) -> Response:
        return window_response(store, observation_id)


def window_response(store: Store, observation_id: str) -> Response:
    """The passport as a piece of HTML; an unknown number is told in it."""
    try:
        with store.reading():
            return window_of(passport_of(store, observation_id), 200)
    except UnknownIdError:
        gone = _("This number is not in the snapshot that is served now. Load the page anew.")
        return window_of([html.P(gone)], 404)
    except StoreError as error:
        return window_of([html.P(str(error))], 503)


def window_of(parts: Sequence[Component | None], status: int) -> Response:
    """Parts of a passport as a piece of HTML with a button that closes the window."""
    close = html.Button(
        "×",
        className="quiet-button passport-close",
        type="submit",
        **{"aria-label": _("Close the passport")},
    )
    content = [html.Form(close, method="dialog"), html.Div(list(parts), className="passport-page")]
    return Response(markup(content), status=status, mimetype="text/html")


def subject(store: Store, parts: dict[str, str]) -> str:
    """The indicator and the place, for the document's title."""
    row = find_observation(store, parts["observation_id"])
    indicator = find_indicator(store, str(row["indicator_id"]))
    return f"{indicator.title}, {row['place_name']}"


PAGE = Page(PATH, title, layout, subject=subject)
