"""The map of members: one link each over quiet land, and the legend in words."""

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.views.components.dot_map import map_position
from observatory.views.components.frame import source_line
from observatory.views.figures.world_map import WORLD_X_KM, side_by_side
from observatory.views.words import number_text, region_name

REGION_CLASSES = {
    "Africa": "region-africa",
    "Asia-Pacific": "region-asia",
    "Europe": "region-europe",
    "Latin America & Caribbean": "region-latam",
    "North America": "region-namer",
}


def region_dot(region: str, *, hollow: bool = False) -> Component:
    """The dot of a region, hollow where the seat is not documented."""
    mark = "dot dot-hollow" if hollow else "dot"
    return html.Span(
        className=f"{mark} {REGION_CLASSES.get(region, '')}", **{"aria-hidden": "true"}
    )


def member_map(members: pd.DataFrame, *, skip_to: str) -> Component:
    """Members as links where they are; each shows its name when pointed at or focused.

    Args:
        members: city_id, member_name, country, region, evidence, x_km, y_km; may be empty.
        skip_to: id of what follows the map, for keyboards.
    """
    twins = members.duplicated(["x_km", "y_km"], keep=False)
    seconds = members.duplicated(["x_km", "y_km"])
    spread = side_by_side(members).assign(
        twin=["" if not twin else " twin-right" if second else " twin-left"
              for twin, second in zip(twins, seconds, strict=True)]
    )  # fmt: skip
    points = [html.Li(_point(row)) for row in spread.itertuples()]
    return html.Figure(
        [
            html.A(_("Skip the map"), href=f"#{skip_to}", className="skip-map"),
            html.Div(
                [html.Div(className="map-land"), html.Ul(points, className="map-points")],
                className="dot-map member-map",
            ),
            html.Figcaption([map_legend(members), _disclaimer()]),
        ],
        className="map-figure",
    )


def _point(row: object) -> Component:
    x_km, y_km = float(row.x_km), float(row.y_km)  # type: ignore[attr-defined]  # a row of members
    east = (x_km - WORLD_X_KM[0]) / (WORLD_X_KM[1] - WORLD_X_KM[0])
    side = "label-left" if east > 0.66 else "label-right" if east < 0.34 else "label-middle"  # noqa: PLR2004 - thirds of the map
    region = REGION_CLASSES.get(row.region, "")  # type: ignore[attr-defined]  # as above
    hollow = " map-point-hollow" if row.evidence == "D" else ""  # type: ignore[attr-defined]  # as above
    words = _("{member}, {country}").format(
        member=row.member_name,  # type: ignore[attr-defined]  # as above
        country=row.country,  # type: ignore[attr-defined]  # as above
    )
    return dcc.Link(
        html.Span(words, className=f"map-label {side}"),
        href=f"/cities/{row.city_id}",  # type: ignore[attr-defined]  # as above
        className=f"map-point {region}{hollow}{row.twin}",  # type: ignore[attr-defined]  # as above
        style=map_position(x_km, y_km),
    )


def map_legend(members: pd.DataFrame) -> Component:
    """Regions with their number of members, and what a ring means."""
    counts = members["region"].value_counts()
    entries = [
        html.Li([region_dot(region), f"{region_name(region)} ", _count(int(counts[region]))])
        for region in REGION_CLASSES
        if region in counts
    ]
    hollow = int((members["evidence"] == "D").sum())
    if hollow:
        ring = html.Span(className="dot dot-hollow", **{"aria-hidden": "true"})
        entries.append(html.Li([ring, _("seat not documented"), " ", _count(hollow)]))
    return html.Ul(entries, className="map-legend")


def _count(count: int) -> Component:
    return html.Span(number_text(count), className="number")


def _disclaimer() -> Component:
    return source_line(
        _(
            "Boundaries shown do not imply endorsement. Equal Earth projection. Members that "
            "share a point are drawn side by side."
        )
    )
