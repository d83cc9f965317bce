"""Key numbers of a member against all and against its peers, and all its figures by theme."""

from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_data import CityData
from observatory.pages.city_figures import Among, CityFigure
from observatory.views.components.data_table import data_table
from observatory.views.components.downloads import downloads
from observatory.views.components.frame import Children, section
from observatory.views.components.passport import passport_link
from observatory.views.components.static import link, markup
from observatory.views.components.strip import is_log, strip
from observatory.views.words import (
    band_text,
    cities_text,
    number_text,
    period_text,
    scale_word,
    short_number,
    short_publisher,
    status_word,
    theme_title,
    unit_text,
    value_text,
)

KEY = (
    "population_agglomeration",
    "population_growth_pct",
    "population_density_per_km2",
    "gdp_ppp_per_person_usd_2011",
    "pm25_ug_per_m3",
    "co2_fossil_index",
    "green_area_m2_per_person",
    "open_public_space_access_pct",
    "public_transport_access_pct",
    "air_destinations",
)
ENOUGH = 6  # key numbers; where fewer of KEY are held, others fill up to it
MILLION = 1_000_000  # from here on a median is said in words
LEAST_STRIP = 2  # one value has no place among others


def key_numbers(data: CityData) -> Component:
    """The numbers a reader asks for first, each on its strip."""
    shown = key_figures(data.held)
    heading = _("Key numbers")
    if not shown:
        words = _("No source we hold gives a number for this member.")
        return section(heading, html.P(words, className="measure"))
    rows = [_key_row(figure, data) for figure in shown]
    header = [
        (_("Indicator"), "text"),
        (_("Value"), "value"),
        (_("All with a figure"), "strip"),
        (_("Among all"), "band"),
    ]
    if data.peer_ids:
        header.append((_("Among peers"), "band"))
    return html.Div(
        section(heading, data_table(heading, header, rows), note=_strip_note(data)),
        className="standing",
    )


def key_figures(held: list[CityFigure]) -> list[CityFigure]:
    """Those of KEY that are held; where they are few, also those most members have."""
    numbers = {
        one.indicator.indicator_id: one for one in held if len(one.members.values) >= LEAST_STRIP
    }
    main = [numbers[name] for name in KEY if name in numbers]
    rest = sorted(
        (one for name, one in numbers.items() if name not in KEY),
        key=lambda one: (-one.members.known, one.indicator.indicator_id),
    )
    return main + rest[: max(0, ENOUGH - len(main))]


def _strip_note(data: CityData) -> str:
    words = {"name": data.name, "peers": number_text(len(data.peers))}
    ranked = _(
        "A band says which positions may be held, given rounding, ties and years; there is none "
        "where fewer than 60 % of the group have a figure. Medians are computed here, over the "
        "members with a figure at the same scale; the indicator's name leads to these figures."
    )
    if data.peer_ids:
        marks = _(
            "Each line is a member, a blue one a peer, the long line the median, the dot {name}; "
            "“log” marks powers of ten. {ranked}"
        )
    else:
        marks = _(
            "Each line is a member, the long line the median, the dot {name}; “log” marks powers "
            "of ten. {ranked}"
        )
    return marks.format(**words, ranked=ranked)


def _key_row(figure: CityFigure, data: CityData) -> list[Children | None]:
    row: list[Children | None] = [
        indicator_cell(figure),
        value_cell(figure),
        _strip(figure, data),
        _position(figure, figure.members),
    ]
    if data.peer_ids:
        row.append(_position(figure, figure.peers))
    return row


def indicator_cell(figure: CityFigure) -> Markup:
    """Title and, small, source, period, scale and status."""
    indicator, row = figure.indicator, figure.row
    parts = [period_text(row["period_year"]), scale_word(row["scale"]), status_word(row["status"])]
    source = link(
        short_publisher(figure.source.publisher), f"/data/sources/{figure.source.source_id}"
    )
    title = dcc.Link(
        indicator.title, href=f"/data/{indicator.indicator_id}", className="quiet-link"
    )
    small = html.Span([source, "\u00a0· " + " · ".join(parts)], className="small cell-source")
    return Markup(markup([title, small]))  # noqa: S704 - written out by markup


def value_cell(figure: CityFigure) -> Component:
    """A value that opens its passport, with its unit."""
    unit = unit_text(figure.indicator)
    words = value_text(figure.indicator, figure.value, figure.category)
    value = html.Span(passport_link(words, figure.observation_id), className="value")
    return html.Span([value, html.Span(f" {unit}", className="unit") if unit else None])


def _strip(figure: CityFigure, data: CityData) -> Component:
    """The strip, and its description for who cannot see it."""
    indicator, values = figure.indicator, figure.members.values
    own = figure.value or 0.0
    label = _(
        "{name}: {value}; median of {count} members: {median}; from {lowest} to {highest}"
    ).format(
        name=data.name,
        value=value_text(indicator, own, None),
        count=number_text(len(values)),
        median=value_text(indicator, figure.members.median, None),
        lowest=value_text(indicator, float(values.min()), None),
        highest=value_text(indicator, float(values.max()), None),
    )
    peers = figure.peers.values if data.peer_ids else None
    marks = strip(values, own, label=label, peers=peers)
    tag = html.Span(_("log"), className="strip-log") if is_log(values) else None
    return html.Div([marks, tag], className="strip-row")


def _position(figure: CityFigure, among: Among) -> Component:
    """The band or why there is none, and below it the median."""
    middle = None
    if among.median is not None and among.known >= LEAST_STRIP:
        words = _("median {value}").format(value=median_text(figure, among.median))
        middle = html.Span(words, className="small cell-source")
    return html.Span([position_text(among), middle])


def median_text(figure: CityFigure, median: float) -> str:
    """A median as the value beside it; from a million on in words."""
    if figure.indicator.decimals == 0 and median >= MILLION:
        return short_number(median)
    return value_text(figure.indicator, median, None)


def position_text(among: Among) -> str:
    """The positions a member may hold, or how many cities there are and why no order."""
    if among.why_not in {"kind", "no-better-end"}:
        return cities_text(among.known)
    if not among.is_covered:
        words = _("no ranking ({known} of {size} known)")
        return words.format(known=number_text(among.known), size=number_text(among.size))
    if among.band is None:
        return _("no ranking (years differ)")
    words = _("{band} of {count}")
    return words.format(band=band_text(*among.band), count=number_text(among.known))


def all_figures(data: CityData) -> Component | None:
    """Every figure of the member itself, theme by theme, folded away."""
    if not data.held:
        return None
    header = [
        (_("Indicator"), "text"),
        (_("Value"), "value"),
        (_("Among all"), "band"),
    ]
    if data.peer_ids:
        header.append((_("Among peers"), "band"))
    tables = [
        html.Div(
            [
                html.H3(theme_title(theme)),
                data_table(theme_title(theme), header, [_figure_row(one, data) for one in group]),
            ],
            className="theme",
        )
        for theme, group in groupby(data.held, key=lambda figure: figure.indicator.theme)
    ]
    count = len(data.held)
    words = ngettext("Show the {count} figure", "Show all {count} figures", count)
    return html.Div(
        section(
            _("All figures"),
            html.Details(
                [html.Summary(words.format(count=number_text(count))), *tables],
                className="all-figures",
            ),
            downloads("city", _search(data), what=_("All figures")),
            note=_(
                "The newest figure of every indicator, at the scale it was published for. Open a "
                "value to see where it comes from."
            ),
        ),
        className="figures",
    )


def _figure_row(figure: CityFigure, data: CityData) -> list[Children | None]:
    row: list[Children | None] = [
        indicator_cell(figure),
        value_cell(figure),
        position_text(figure.members),
    ]
    if data.peer_ids:
        row.append(position_text(figure.peers))
    return row


def _search(data: CityData) -> str:
    """The page as files and saved views know it: the member, and how its peers are weighed."""
    return f"?city={data.city_id}{data.view.address.replace('?', '&')}"
