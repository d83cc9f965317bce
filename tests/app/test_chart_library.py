"""The bundle of Plotly in assets: of plotly.py's version, and with the notices it owes."""

from pathlib import Path

from flask import Flask
from plotly.offline import get_plotlyjs_version

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "plotly"


def test_the_bundle_is_of_the_version_that_plotly_draws_for() -> None:
    bundle = FOLDER / f"plotly-custom.v{get_plotlyjs_version()}.min.js"
    assert bundle.is_file()
    assert bundle.name in (FOLDER.parent / "chart_library.js").read_text(encoding="utf-8")


def test_the_bundle_comes_with_the_licences_of_what_is_inside() -> None:
    notices = (FOLDER / "NOTICES.txt").read_text(encoding="utf-8")
    for name in ("plotly.js", "@plotly/d3", "maplibre-gl"):
        assert f"\n{name} " in f"\n{notices}"


def test_the_bundle_is_sent_compressed_and_kept_for_a_year(server: Flask) -> None:
    name = f"/chart-library/plotly-custom.v{get_plotlyjs_version()}.min.js"
    answer = server.test_client().get(name, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 400_000
    answer.close()
