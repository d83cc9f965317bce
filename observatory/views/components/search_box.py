"""The box in the header that searches while one types: a form, so it works without script too."""

from dash import html
from dash.development.base_component import Component

from observatory.domain.search_index import LONGEST_TEXT
from observatory.language import gettext as _
from observatory.views.components.static import static
from observatory.views.components.template import rendered

FORM = "frame-search"


def search_box() -> Component:
    """The box and its list of matches, empty; assets/search.js fills and opens it."""
    words = {
        "label": _("Search cities, indicators, sources and methods"),
        "placeholder": _("Search cities, indicators, sources"),
        "list": _("Matches"),
        "near": _("Did you mean"),
        "nothing": _("Nothing matches. Enter shows how to go on."),
        "all": _("All {count} matches"),
        "failed": _("Matches cannot be shown just now. Enter opens the search page."),
    }
    box = rendered("search_box", form_id=FORM, words=words, longest=LONGEST_TEXT)
    return html.Div(static(box), className="site-search")
