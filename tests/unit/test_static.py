import pytest
from dash import dcc, html

from observatory.views.components.static import markup


def test_markup_escapes_texts_and_attributes() -> None:
    written = markup(html.P(["<b>", html.A("x", href='"&')], className="a b"))
    assert written == '<p class="a b">&lt;b&gt;<a href="&quot;&amp;">x</a></p>'


def test_markup_writes_styles_and_true_attributes() -> None:
    written = markup(html.Details([], open=True, style={"maskImage": "none"}))
    assert written == '<details open style="mask-image:none"></details>'


def test_markup_leaves_out_nothing_and_keeps_zero() -> None:
    assert markup([None, 0, html.Span(None)]) == "0<span></span>"


def test_markup_refuses_what_needs_callbacks() -> None:
    with pytest.raises(ValueError, match="Textarea"):
        markup(html.Textarea("x"))
    with pytest.raises(ValueError, match="Graph"):
        markup(dcc.Graph())
