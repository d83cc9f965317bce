"""GET /export/<page>.<format>: what a page shows as a table, as a file."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import orjson
from flask import Flask, Response, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from observatory.errors import ObservatoryError, UnknownIdError
from observatory.exchange.formats import FORMATS
from observatory.exchange.tables import Export
from observatory.language import gettext as _
from observatory.pages.city_view import PARAMETERS as CITY_PARAMETERS
from observatory.pages.explore_view import PARAMETERS as EXPLORE_PARAMETERS
from observatory.pages.export_figures import atlas_shown, city_shown, indicator_shown, series_shown
from observatory.pages.export_lists import cities_shown, data_shown, source_shown
from observatory.pages.export_network import (
    needs_shown,
    network_members_shown,
    network_ties_shown,
    partners_shown,
)
from observatory.pages.export_plan import plan_figures_shown, plan_shown
from observatory.pages.export_sides import compare_shown, explore_shown
from observatory.pages.export_table import ShownTable, export_of
from observatory.pages.needs import PARAMETERS as NEEDS_PARAMETERS
from observatory.pages.network_view import PARAMETERS as NETWORK_PARAMETERS
from observatory.pages.partners import PARAMETERS as PARTNER_PARAMETERS
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_view import PARAMETERS as PLAN_PARAMETERS
from observatory.pages.visit import Visit, visit_of
from observatory.store.warehouse import Store

logger = logging.getLogger(__name__)

PATH = "/export/<page>.<form>"
OLD_PATH = "/atlas/view.csv"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class PageTable:
    """A page whose table can be taken away.

    Attributes:
        parameters: names its address may hold.
        shown: the table for a visit; raises UnknownIdError or BadRequest where it makes no sense.
        required: the parameter that must be given, or "".
    """

    parameters: frozenset[str]
    shown: Callable[[Store, Visit], ShownTable]
    required: str = ""


Tables: TypeAlias = Mapping[str, PageTable]

_OF_THE_SNAPSHOT: Mapping[str, PageTable] = {
    "atlas": PageTable(
        frozenset({"indicator", "year", "region", "evidence", "method", "palette", "city"}),
        atlas_shown,
    ),
    "compare": PageTable(
        frozenset({"cities", "theme", "all", "common", "unlike"}), compare_shown, required="cities"
    ),
    "explore": PageTable(frozenset(EXPLORE_PARAMETERS), explore_shown),
    "cities": PageTable(frozenset({"q", "region", "evidence"}), cities_shown),
    "city": PageTable(CITY_PARAMETERS | {"city"}, city_shown, required="city"),
    "series": PageTable(frozenset({"cities"}), series_shown, required="cities"),
    "data": PageTable(frozenset({"table"}), data_shown),
    "indicator": PageTable(frozenset({"indicator"}), indicator_shown, required="indicator"),
    "network": PageTable(NETWORK_PARAMETERS, network_ties_shown),
    "network-members": PageTable(NETWORK_PARAMETERS, network_members_shown),
    "needs": PageTable(NEEDS_PARAMETERS, needs_shown),
    "partners": PageTable(PARTNER_PARAMETERS, partners_shown, required="city"),
    "source": PageTable(frozenset({"source", "table"}), source_shown, required="source"),
}


def page_tables(reader: PlanReader) -> Tables:
    """Every table that can be taken away, by the name its address has."""
    return {
        **_OF_THE_SNAPSHOT,
        "plan": PageTable(PLAN_PARAMETERS, partial(plan_shown, reader)),
        "plan-figures": PageTable(PLAN_PARAMETERS, partial(plan_figures_shown, reader)),
    }


def export_response(tables: Tables, store: Store, page: str, form: str) -> Response:
    """The file, or a problem document (RFC 9457) that says what is wrong with the address."""
    if page not in tables or form not in FORMATS:
        known = _("Pages: {pages}. Formats: {formats}.").format(
            pages=", ".join(tables), formats=", ".join(FORMATS)
        )
        return problem(404, "unknown-address", _("There is nothing at this address"), known)
    try:
        export = exported(tables, store, page, _search())
    except (ObservatoryError, BadRequest) as error:
        return problem_of(error)
    written = FORMATS[form]
    headers = {
        "Content-Disposition": f'attachment; filename="{export.stem}.{form}"',
        "Cache-Control": "no-cache",
    }
    return Response(written.written(export), mimetype=written.media_type, headers=headers)


def exported(tables: Tables, store: Store, page: str, search: str) -> Export:
    """What a page shows as a table, ready to leave.

    Args:
        tables: as `page_tables`.
        store: the published snapshot.
        page: name of the page in tables.
        search: query string of its address.

    Raises:
        UnknownIdError: the page, or what the address names, is not there.
        BadRequest: the address makes no sense.
        StoreError: the snapshot cannot be read.
    """
    if page not in tables:
        raise UnknownIdError("page", page, list(tables))
    visit = visit_of(request.path, search)
    _require_sense(tables[page], visit)
    with store.reading():
        return export_of(store, tables[page].shown(store, visit))


def problem_of(error: ObservatoryError | BadRequest) -> Response:
    """What went wrong, as a problem document."""
    if isinstance(error, UnknownIdError):
        return problem(404, "unknown-id", _("There is nothing of this id"), str(error))
    if isinstance(error, BadRequest):
        title = _("The request makes no sense")
        return problem(400, "bad-request", title, str(error.description))
    logger.warning("%s answered 503: %s", request.path, error)
    return problem(503, "unavailable", _("This cannot be read or written now"), str(error))


def _require_sense(entry: PageTable, visit: Visit) -> None:
    unknown = sorted(set(visit.query) - entry.parameters)
    if unknown:
        raise BadRequest(
            _("Unknown here: {names}. Known: {known}.").format(
                names=", ".join(unknown), known=", ".join(sorted(entry.parameters))
            )
        )
    if entry.required and entry.required not in visit.query:
        raise BadRequest(_("Say which one: ?{name}=…").format(name=entry.required))


def problem(status: int, kind: str, title: str, detail: str) -> Response:
    """A problem document (RFC 9457)."""
    document = {
        "type": f"urn:metropolis-observatory:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    return Response(
        orjson.dumps(document),
        status=status,
        mimetype=PROBLEM,
        headers={"Cache-Control": "no-store"},
    )


def register_exports(server: Flask, store: Store, tables: Tables) -> None:
    """Answer GET /export/<page>.<format>, and the address the Atlas had before."""

    @server.get(PATH)
    def export(page: str, form: str) -> Response:
        return export_response(tables, store, page, form)

    @server.get(OLD_PATH)
    def atlas_csv() -> AnyResponse:
        search = _search()
        return redirect(f"/export/atlas.csv{f'?{search}' if search else ''}", code=308)


def _search() -> str:
    return request.query_string.decode("utf-8", "replace")
