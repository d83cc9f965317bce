import pytest
from dash import html
from jinja2 import UndefinedError

from observatory.views.components.data_table import data_table
from observatory.views.components.static import link, static
from observatory.views.components.template import rendered


def test_a_table_escapes_texts_and_keeps_components() -> None:
    table = data_table(
        "A & B", [("Name", "text"), ("Value", "number")], [("<b>", html.Span("1", title='"'))]
    )
    assert '<th scope="row" class="cell-text">&lt;b&gt;</th>' in table
    assert '<td class="cell-number" data-label="Value"><span title="&quot;">1</span></td>' in table
    assert "A &amp; B" in table


def test_a_table_is_put_on_the_page_as_it_is() -> None:
    table = data_table("T", [("Name", "text")], [[link("x<y", "/cities/x")]])
    sent = static(table).to_plotly_json()["props"]["data-markup"]
    assert '<a href="/cities/x">x&lt;y</a>' in sent


def test_a_name_the_template_needs_and_does_not_get_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered("ranking", rows=[])
