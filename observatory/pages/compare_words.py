"""What a comparison says in words: its question, the sentence that answers it, and notices."""

from dash import dcc, html
from dash.development.base_component import Component
from markupsafe import Markup

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.compare_data import CompareData, Member, Row, all_members
from observatory.pages.compare_form import too_many_words
from observatory.pages.compare_view import CompareView
from observatory.store.warehouse import Store
from observatory.views.components.emphasis import filled
from observatory.views.components.passport import passport_link
from observatory.views.words import joined_text, number_text, unit_text, value_text

NAMED_AT_MOST = 3  # names that a heading can bear


def question(members: tuple[Member, ...]) -> str:
    """The page's question for these members."""
    if len(members) == 1:
        return _("How does {member} differ from others?").format(member=members[0].name)
    if not members:
        return _("How do members differ?")
    if len(members) <= NAMED_AT_MOST:
        names = joined_text([member.name for member in members])
        return _("How do {members} differ?").format(members=names)
    return _("How do these {count} members differ?").format(count=number_text(len(members)))


def answer(data: CompareData) -> list[Markup]:
    """The question answered from the figures, in a few sentences."""
    cities = tuple(member.city_id for member in data.members)
    placed = [(row.apart(cities), row) for row in data.rows]
    told = sorted(((apart, row) for apart, row in placed if apart is not None), key=_by_distance)
    sentences = [_shared(data)]
    if len(told) > 1:
        apart, alike = told[-1][1], told[0][1]
        sentences.append(
            filled(
                _(
                    "By their places among all members they stand furthest apart in {apart}, "
                    "highest in {high_cities} ({high}) and lowest in {low_cities} ({low}), and "
                    "closest in {alike}."
                ),
                apart=_title(apart),
                alike=_title(alike),
                **_ends(apart, data.members),
            )
        )
    sentences.append(_differing(data))
    return [Markup(" ").join(sentence for sentence in sentences if sentence)]


def _by_distance(told: tuple[float, Row]) -> tuple[float, str]:
    return told[0], told[1].indicator.indicator_id


def _title(row: Row) -> Markup:
    return Markup("<strong>{}</strong>").format(row.indicator.title)


def _shared(data: CompareData) -> Markup:
    """How many indicators all of them have."""
    shared, held = len(data.shared), sum(bool(row.compared.figures) for row in data.rows)
    if not held:
        return filled(_("We hold no figure of any of them here."))
    words = _(
        "Of {held} indicators that at least one of them has, <strong>{shared}</strong> can be "
        "compared across all {members}."
    )
    return filled(
        words,
        held=number_text(held),
        shared=number_text(shared),
        members=number_text(len(data.members)),
    )


def _ends(row: Row, members: tuple[Member, ...]) -> dict[str, Markup | str]:
    """The highest and the lowest figure of a row, and whose they are; who ties is named too."""
    numbers = row.numbers
    written = {city: value_text(row.indicator, value, None) for city, value in numbers.items()}
    found: dict[str, Markup | str] = {}
    for end, pick in (("high", max), ("low", min)):
        city_id = pick(numbers, key=numbers.__getitem__)
        level = [one.name for one in members if written.get(one.city_id) == written[city_id]]
        found |= {end: _linked(row, city_id), f"{end}_cities": joined_text(level)}
    return found


def _linked(row: Row, city_id: str) -> Markup:
    figure = row.compared.figures[city_id]
    words = value_text(row.indicator, figure.value, None)
    unit = unit_text(row.indicator)
    return passport_link(f"{words} {unit}" if unit else words, figure.observation_id)


def _differing(data: CompareData) -> Markup:
    """In how many rows the years lie apart."""
    count = sum(row.compared.years is not None for row in data.rows)
    if not count:
        return Markup("")
    words = ngettext(
        "In {count} row the years lie more than two apart.",
        "In {count} rows the years lie more than two apart.",
        count,
    )
    return filled(words, count=number_text(count))


def notices(store: Store, view: CompareView) -> list[Component]:
    """What of the address was left out, each with a way on."""
    named = all_members(store)
    found: list[Component] = []
    known = [(name, near) for name, near in view.unknown if near]
    found += [_near(view, name, near, named) for name, near in known]
    nameless = [name for name, near in view.unknown if not near]
    if nameless:
        words = _("We know no member called {names}.")
        found.append(_notice(words.format(names=", ".join(f"“{name}”" for name in nameless))))
    if view.beyond:
        names = ", ".join(named[city][0] for city in view.beyond)
        found.append(_notice(too_many_words(len(view.beyond)), " ", names, "."))
    if view.repeated:
        names = ", ".join(named[city][0] for city in view.repeated)
        found.append(_notice(_("Named more than once, shown once: {names}.").format(names=names)))
    if view.first_theme:
        words = _("The catalogue is large: one theme is shown at a time, now {theme}.")
        found.append(_notice(words.format(theme=view.theme)))
    if view.ignored:
        words = _("Left out of the address, because it makes no sense here: {parts}")
        found.append(_notice(words.format(parts="; ".join(view.ignored))))
    return found


def _near(
    view: CompareView, name: str, near: tuple[str, ...], named: dict[str, tuple[str, str]]
) -> Component:
    """An unknown name with the members that may be meant, each a step away."""
    links: list[Component | str] = []
    for city in near:
        cities = view.cities if city in view.cities else (*view.cities, city)
        links += [dcc.Link(named[city][0], href=view.href(cities=cities)), ", "]
    told = _("We know no member called “{name}”. Did you mean").format(name=name)
    return _notice(told, " ", *links[:-1], "?")


def _notice(*children: Component | str) -> Component:
    return html.P(list(children), className="notice", role="status")
