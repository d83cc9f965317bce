"""`register_api`: the routes of /api/v1, each one a question to the queries."""

import datetime as dt
from dataclasses import asdict

import orjson
import pandas as pd
from flask import Blueprint, Flask, Response, abort
from spectree import SpecTree

from observatory.api import models, tables
from observatory.api.answers import item_answer, table_answer
from observatory.api.openapi import Answers, specification
from observatory.api.parameters import CityQuestion, ObservationQuestion, Question, TableQuestion
from observatory.api.problems import PREFIX, register_problems
from observatory.store.warehouse import Store

NOT_FOUND = 404


def register_api(server: Flask, store: Store) -> None:
    """Add /api/v1 to the server."""
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    spec = specification()
    _register_cities(api, spec, store)
    _register_indicators(api, spec, store)
    _register_observations(api, spec, store)
    _register_sources(api, spec, store)
    _register_snapshot(api, spec, store)
    document: list[bytes] = []

    @api.get("/openapi.json")
    def openapi() -> Response:
        return Response(document[0], mimetype="application/json")

    @api.get("/", defaults={"_address": ""})
    @api.get("/<path:_address>")
    def unknown(_address: str) -> Response:
        abort(NOT_FOUND)  # before the pages' route for every other address takes it

    server.register_blueprint(api)
    register_problems(server)
    with server.app_context():
        document.append(orjson.dumps(spec.spec))
