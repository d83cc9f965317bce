"""Our bundle of Plotly, sent compressed as it lies on disk and kept by browsers for a year."""

from pathlib import Path

from flask import Flask, Response, request, send_from_directory

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
ONE_YEAR = 31_536_000


def register_chart_library(server: Flask, folder: Path) -> None:
    """Add GET /chart-library/<name>; the version is part of the name, so it never changes."""

    @server.get("/chart-library/<name>")
    def chart_library(name: str) -> Response:
        encoding, suffix = _accepted()
        response = send_from_directory(
            folder, f"{name}{suffix}", mimetype="text/javascript", max_age=ONE_YEAR
        )
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
        return response


def _accepted() -> tuple[str, str]:
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings.quality(encoding) > 0:
            return encoding, suffix
    return "", ""
