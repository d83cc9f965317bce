"""`register_api`: the routes of /api/v1, each one a question to the queries."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Flask, Response, abort
from spectree import SpecTree

from observatory.api import models
from observatory.api.answers import item_answer, table_answer
from observatory.api.network_tables import event_rows, metric_rows, participation_rows, tie_rows
from observatory.api.openapi import Answers, document, specification
from observatory.api.parameters import (
    CityQuestion,
    EventQuestion,
    NetworkQuestion,
    ObservationQuestion,
    ParticipationQuestion,
    Question,
    SearchQuestion,
    TableQuestion,
)
from observatory.api.plan import register_plan
from observatory.api.problems import PREFIX, register_problems
from observatory.api.search import search_object
from observatory.api.tables import (
    city_object,
    city_rows,
    indicator_object,
    indicator_rows,
    observation_object,
    observation_rows,
    source_object,
    source_rows,
)
from observatory.queries.search import Kind
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace

NOT_PUBLIC = {"file", "inputs"}  # of a publication: names on our disk


def register_api(
    server: Flask,
    store: Store,
    source: PlanSource,
    workspace: Workspace,
    searched: Sequence[Kind] = (),
) -> None:
    """Add /api/v1 to the server.

    Args:
        server: the server.
        store: the published snapshot.
        source: where the plan is read.
        workspace: where updates are written.
        searched: the kinds of things its search finds.
    """
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    spec = specification()
    _register_cities(api, spec, store)
    _register_indicators(api, spec, store)
    _register_observations(api, spec, store)
    _register_sources(api, spec, store)
    _register_network(api, spec, store)
    register_plan(api, spec, store, source, workspace)
    _register_snapshot(api, spec, store)
    _register_search(api, spec, store, searched)
    _register_unknown(api)
    content: list[bytes] = []

    @api.get("/openapi.json")
    def openapi() -> Response:
        return Response(content[0], mimetype="application/json")

    register_problems(server, api)
    server.register_blueprint(api)
    with server.app_context():
        content.append(document(spec))


def _register_cities(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/cities")
    @spec.validate(resp=Answers(models.CityPage, is_table=True), tags=["cities"])
    def cities(query: CityQuestion) -> Response:
        """The member governments, by id."""
        return table_answer(store, query, city_rows(store, query))

    @api.get("/cities/<city_id>")
    @spec.validate(resp=Answers(models.City), tags=["cities"])
    def city(city_id: str, query: Question) -> Response:
        """One member government."""
        return item_answer(store, query, lambda _now: city_object(store, city_id))


def _register_indicators(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/indicators")
    @spec.validate(resp=Answers(models.IndicatorPage, is_table=True), tags=["indicators"])
    def indicators(query: TableQuestion) -> Response:
        """The indicators of the catalogue, by id."""
        return table_answer(store, query, indicator_rows(store))

    @api.get("/indicators/<indicator_id>")
    @spec.validate(resp=Answers(models.Indicator), tags=["indicators"])
    def indicator(indicator_id: str, query: Question) -> Response:
        """One indicator: what is counted, how and in which unit."""
        return item_answer(store, query, lambda _now: indicator_object(store, indicator_id))


def _register_observations(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/observations")
    @spec.validate(resp=Answers(models.ObservationPage, is_table=True), tags=["observations"])
    def observations(query: ObservationQuestion) -> Response:
        """Figures with what they rest on, by indicator, place, year and source."""
        return table_answer(store, query, observation_rows(store, query))

    @api.get("/observations/<observation_id>")
    @spec.validate(resp=Answers(models.Observation), tags=["observations"])
    def observation(observation_id: str, query: Question) -> Response:
        """One figure with what it rests on."""
        return item_answer(store, query, lambda _now: observation_object(store, observation_id))


def _register_sources(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/sources")
    @spec.validate(resp=Answers(models.SourcePage, is_table=True), tags=["sources"])
    def sources(query: TableQuestion) -> Response:
        """The sources of the figures, by id."""
        return table_answer(store, query, source_rows(store))

    @api.get("/sources/<source_id>")
    @spec.validate(resp=Answers(models.Source), tags=["sources"])
    def source(source_id: str, query: Question) -> Response:
        """One source: publisher, licence, citation, cautions."""
        return item_answer(store, query, lambda _now: source_object(store, source_id))


def _register_network(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/events")
    @spec.validate(resp=Answers(models.EventPage, is_table=True), tags=["network"])
    def events(query: EventQuestion) -> Response:
        """The events of the network, by id."""
        return table_answer(store, query, event_rows(store, query))

    @api.get("/participations")
    @spec.validate(resp=Answers(models.ParticipationPage, is_table=True), tags=["network"])
    def participations(query: ParticipationQuestion) -> Response:
        """Who took part in which event, with the source; members and partners outside."""
        return table_answer(store, query, participation_rows(store, query))

    @api.get("/ties")
    @spec.validate(resp=Answers(models.TiePage, is_table=True), tags=["network"])
    def ties(query: NetworkQuestion) -> Response:
        """Pairs of members that are joined, with strength and kinds of evidence."""
        return table_answer(store, query, tie_rows(store, query))

    @api.get("/metrics")
    @spec.validate(resp=Answers(models.MetricPage, is_table=True), tags=["network"])
    def metrics(query: NetworkQuestion) -> Response:
        """Measures of every member, each with the network they were taken on."""
        return table_answer(store, query, metric_rows(store, query))


def _register_snapshot(api: Blueprint, spec: SpecTree, store: Store) -> None:
    @api.get("/snapshot")
    @spec.validate(resp=Answers(models.Snapshot), tags=["snapshot"])
    def snapshot(query: Question) -> Response:
        """The published snapshot that every answer comes from."""
        return item_answer(
            store,
            query,
            lambda now: {k: v for k, v in asdict(now).items() if k not in NOT_PUBLIC},
        )


def _register_search(
    api: Blueprint, spec: SpecTree, store: Store, searched: Sequence[Kind]
) -> None:
    @api.get("/search")
    @spec.validate(resp=Answers(models.SearchAnswer), tags=["search"])
    def search(query: SearchQuestion) -> Response:
        """Cities, indicators, sources and terms by name, forgiving of typing errors."""
        return item_answer(store, query, lambda _now: search_object(store, searched, query))


def _register_unknown(api: Blueprint) -> None:
    """Every other address below the prefix, before the pages' own route for the rest takes it."""

    @api.get("", defaults={"address": ""})
    @api.get("/", defaults={"address": ""})
    @api.get("/<path:address>")
    def unknown(address: str) -> Response:
        del address
        abort(HTTPStatus.NOT_FOUND)
