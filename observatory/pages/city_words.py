"""What a member's page says in sentences: its question, and the answer from the data."""

from dash import html
from dash.development.base_component import Component

from observatory.language import gettext as _
from observatory.language import ngettext
from observatory.pages.city_data import CityData
from observatory.pages.city_figures import CityFigure
from observatory.views.components.passport import passport_link
from observatory.views.words import joined_text, number_text, period_text, short_number

PEERS_NAMED = 3
THEMES_NAMED = 3


def question(data: CityData) -> str:
    """The page's question; names of other governments than cities stand alone."""
    if data.city["member_kind"] == "city":
        return _("How is {city} doing?").format(city=data.name)
    return _("{government}: how is it doing?").format(government=data.name)


def answer(data: CityData) -> list[Component | str]:
    """The member in a few sentences made from its figures."""
    written: list[Component | str] = []
    for sentence in sentences(data):
        written += [*_strong(sentence, data.population), " "]
    return written[:-1]


def sentences(data: CityData) -> list[str]:
    """The same as plain text; strong parts between **."""
    told = [_population(data), _outstanding(data), _peers(data), _held(data)]
    return [sentence for sentence in told if sentence]


def _strong(sentence: str, population: CityFigure | None) -> list[Component | str]:
    """The sentence with what stands between ** made strong; the population opens its passport."""
    parts: list[Component | str] = []
    people = short_number(population.value or 0.0) if population else None
    for at, part in enumerate(sentence.split("**")):
        if at % 2 and population and part == people:
            parts.append(html.Strong(passport_link(part, population.observation_id)))
        elif part:
            parts.append(html.Strong(part) if at % 2 else part)
    return parts


def _population(data: CityData) -> str:
    figure = data.population
    kind = str(data.city["member_kind"])
    if figure is not None and figure.value is not None:
        words = {
            "city": data.name,
            "population": short_number(figure.value),
            "year": period_text(figure.row["period_year"]),
        }
        if kind == "city":
            return _("{city} holds **{population}** people in its agglomeration ({year}).").format(
                **words
            )
        return _("Its urban agglomeration holds **{population}** people ({year}).").format(**words)
    if kind == "city":
        return _(
            "How many people live in the agglomeration of {city}, no source we hold says."
        ).format(city=data.name)
    if kind == "metropolitan area":
        return _("How many people live in this metropolitan area, no source we hold says.")
    return _("The sources we hold count cities: none says how many people live in this region.")


def _outstanding(data: CityData) -> str:
    """Where it is surely ahead and behind, in one sentence; none where nothing stands out."""
    found = data.outstanding
    words = {
        "strengths": _titles(found.strengths),
        "gaps": _titles(found.gaps),
        "count": number_text(len(data.peers)),
    }
    templates = {
        (True, True, True): _(
            "Among its {count} peers it stands better than most for {strengths}, and worse for "
            "{gaps}."
        ),
        (True, True, False): _(
            "Among its {count} peers it stands better than most for {strengths}."
        ),
        (True, False, True): _("Among its {count} peers it stands worse than most for {gaps}."),
        (False, True, True): _(
            "Among all members it stands better than most for {strengths}, and worse for {gaps}."
        ),
        (False, True, False): _("Among all members it stands better than most for {strengths}."),
        (False, False, True): _("Among all members it stands worse than most for {gaps}."),
    }
    key = (found.is_by_peers, bool(found.strengths), bool(found.gaps))
    return templates.get(key, "").format(**words)


def _titles(figures: list[CityFigure]) -> str:
    return joined_text([f"**{figure.indicator.title}**" for figure in figures])


def _peers(data: CityData) -> str:
    names = joined_text([f"**{data.name_of(one)}**" for one in data.peer_ids[:PEERS_NAMED]])
    if not names:
        return _("Too little is known of its conditions to say which cities are alike.")
    if len(data.peers) == 1:
        return _("The member most alike in conditions is {city}.").format(city=names)
    return _("The members most alike in conditions are {cities}.").format(cities=names)


def _held(data: CityData) -> str:
    themes = {figure.indicator.theme for figure in data.held}
    empty = sorted({figure.indicator.theme for figure in data.own} - themes)
    counts = {"held": number_text(len(data.held)), "possible": number_text(len(data.own))}
    if not data.held:
        return _("We hold **none of {possible}** city indicators yet.").format(**counts)
    if not empty:
        return _("We hold **{held} of {possible}** city indicators.").format(**counts)
    if len(empty) > THEMES_NAMED:
        return ngettext(
            "We hold **{held} of {possible}** city indicators; nothing yet on {count} theme.",
            "We hold **{held} of {possible}** city indicators; nothing yet on {count} themes.",
            len(empty),
        ).format(**counts, count=number_text(len(empty)))
    return _("We hold **{held} of {possible}** city indicators; nothing yet on {themes}.").format(
        **counts, themes=joined_text(empty)
    )
