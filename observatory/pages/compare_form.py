"""The controls of a comparison: a form whose state assets/compare.js writes to the address."""

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.pages.compare_data import Member
from observatory.pages.compare_marks import lettered
from observatory.pages.compare_view import MOST_CITIES, CompareView
from observatory.views.components.template import rendered
from observatory.views.words import number_text, theme_title

FORM = "compare-page-form"


def controls(
    view: CompareView,
    members: tuple[Member, ...],
    everyone: dict[str, tuple[str, str]],
    themes: list[str],
    *,
    has_unlike: bool,
) -> Component:
    """One control per part of the address, set as the address says.

    Args:
        view: the state.
        members: those compared.
        everyone: name and country of every member by id, for the list to choose from.
        themes: themes of the catalogue.
        has_unlike: whether there are figures of unlike scales to compare.
    """
    form = rendered(
        "compare_form",
        form=FORM,
        words=_words(),
        cities=",".join(view.cities),
        search=view.address(),
        said=_said(members),
        chosen=[_chosen(view, member) for member in members],
        is_full=len(members) >= MOST_CITIES,
        options=[
            (city_id, f"{name}, {country}")
            for city_id, (name, country) in everyone.items()
            if city_id not in view.cities
        ],
        is_every=not view.first_theme,
        themes=[(theme, theme_title(theme), theme == view.theme) for theme in themes],
        switches=_switches(view, has_unlike=has_unlike) if members else [],
    )
    return html.Div(className="static", **{"data-markup": form})


def _words() -> dict[str, str]:
    return {
        "form": _("What is compared"),
        "members": _("Members, in the order of the columns"),
        "add": _("Add a member"),
        "add_button": _("Add"),
        "full": _("Six is the most: remove one to add another."),
        "hint": _("Type a name and choose it from the list"),
        "theme": _("Theme"),
        "every_theme": _("All themes"),
        "rows": _("Rows"),
    }


def _said(members: tuple[Member, ...]) -> str:
    """What a screen reader is told after a change."""
    if not members:
        return _("No member is chosen.")
    return _("Compared: {members}").format(members=", ".join(one.name for one in members))


def _chosen(view: CompareView, member: Member) -> dict[str, str | Markup]:
    """A compared member with the addresses its buttons lead to."""
    others = [city for city in view.cities if city != member.city_id]
    before = view.cities[member.number - 1] if member.number else ""
    moved = list(others)
    if before:
        moved.insert(member.number - 1, member.city_id)
    return {
        "city_id": member.city_id,
        "mark": lettered(member),
        "name": member.name,
        "remove": view.address(cities=tuple(others)),
        "remove_words": _("Remove {member}").format(member=member.name),
        "earlier": view.address(cities=tuple(moved)) if before else "",
        "earlier_words": _("Move {member} one place earlier").format(member=member.name),
    }


def _switches(view: CompareView, *, has_unlike: bool) -> list[tuple[str, str, bool]]:
    switches = [
        ("all", _("Also those that none has, with the reasons"), view.every),
        ("common", _("Each in the newest year that all have"), view.common),
    ]
    if has_unlike or view.unlike:
        switches.append(("unlike", _("Compare unlike scales too"), view.unlike))
    return switches


def too_many_words(count: int) -> str:
    """What is said where more members are named than fit."""
    return _("{most} members fit side by side; {count} more were left out:").format(
        most=number_text(MOST_CITIES), count=number_text(count)
    )
