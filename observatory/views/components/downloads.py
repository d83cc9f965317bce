"""The quiet line below a chart or a table: what is on screen, as a file."""

import json
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from observatory.language import gettext as _

FORMATS = (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("parquet", "Parquet"))
PICTURES = (("png", "PNG"), ("svg", "SVG"))


@dataclass(frozen=True)
class Picture:
    """What assets/downloads.js draws around a chart when it is saved as a picture.

    Attributes:
        chart_id: id of the chart.
        stem: file name without its ending.
        title: what the chart shows, with the unit and the period.
        lines: below the chart: source, licence, snapshot, what to mind.
        legend: (colour, sign, words) of the marks, where the page has the legend beside the chart.
    """

    chart_id: str
    stem: str
    title: str
    lines: tuple[str, ...]
    legend: tuple[tuple[str, str, str], ...] = ()


def downloads(
    page: str, search: str = "", *, what: str = "", picture: Picture | None = None
) -> Component:
    """Links to a table as it is on screen in every format, and to its chart as a picture.

    Args:
        page: name of the table among pages.exports.EXPORTS.
        search: query string of the page ("?year=2020"), as the page understood it.
        what: what is taken, for who hears the links out of their place.
        picture: the chart, where there is one.
    """
    entries: list[Component] = [
        html.A(words, href=f"/export/{page}.{form}{search}", download="", **_named(words, what))
        for form, words in FORMATS
    ]
    entries += _picture_buttons(picture) if picture is not None else []
    described = _described(picture) if picture is not None else {}
    listed = html.Ul([html.Li(entry) for entry in entries])
    return html.Div(
        [html.Span(_("Download"), className="downloads-label"), listed, *_saving(page, search)],
        className="downloads",
        **described,
    )


def picture_links(picture: Picture) -> Component:
    """A chart as a picture, where its table is taken elsewhere on the page."""
    listed = html.Ul([html.Li(entry) for entry in _picture_buttons(picture)])
    return html.Div(
        [html.Span(_("Picture"), className="downloads-label"), listed],
        className="downloads",
        **_described(picture),
    )


def _picture_buttons(picture: Picture) -> list[Component]:
    return [
        html.Button(
            words,
            type="button",
            className="link-button",
            **{"data-picture": form, **_named(words, picture.title)},
        )
        for form, words in PICTURES
    ]


def _described(picture: Picture) -> dict[str, str]:
    return {
        "data-chart": picture.chart_id,
        "data-stem": picture.stem,
        "data-title": picture.title,
        "data-lines": json.dumps(picture.lines, ensure_ascii=False),
        "data-legend": json.dumps(picture.legend, ensure_ascii=False),
    }


def _saving(page: str, search: str) -> list[Component]:
    """A button that asks for a short address of the view, and where that appears."""
    button = html.Button(
        _("Save this view"),
        type="button",
        className="link-button",
        **{
            "data-save-page": page,
            "data-save-search": search,
            "data-copied": _("(copied)"),
            "data-failed": _("It could not be saved: the server does not answer."),
        },
    )
    return [button, html.Span(className="saved-address small", role="status")]


def _named(words: str, what: str) -> dict[str, str]:
    return {"aria-label": f"{words}: {what}"} if what else {}


def file_stem(*parts: str, snapshot_id: str) -> str:
    """A file name without its ending: whose, what, and of which snapshot."""
    return "-".join(["metropolis", *(part for part in parts if part), snapshot_id])
