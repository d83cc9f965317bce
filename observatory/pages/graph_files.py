"""GET /network-graph.<format>: the network of a view for programs that draw and measure."""

import networkx as nx
from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

from observatory.domain.network import AIR, SEED
from observatory.errors import ObservatoryError
from observatory.exchange.graph_formats import GRAPH_FORMATS, attributed_graph
from observatory.language import gettext as _
from observatory.pages.export_table import made_by, source_credits
from observatory.pages.exports import problem, problem_of
from observatory.pages.network_data import NetworkData, network_data
from observatory.pages.network_scenario import badge
from observatory.pages.network_sense import require_sense
from observatory.pages.network_view import PARAMETERS, network_view
from observatory.pages.network_words import filter_words
from observatory.pages.visit import visit_of
from observatory.queries.cities import all_cities
from observatory.queries.network import air_sources, evident_ties
from observatory.store.publication import Publication
from observatory.store.warehouse import Store
from observatory.views.components.downloads import file_stem

PATH = "/network-graph.<form>"


def register_graph_files(server: Flask, store: Store) -> None:
    """Answer GET /network-graph.<format>."""

    @server.get(PATH)
    def network_graph(form: str) -> Response:
        return graph_response(store, form, request.query_string.decode("utf-8", "replace"))


def graph_response(store: Store, form: str, search: str) -> Response:
    """The file, or a problem document (RFC 9457) that says what is wrong with the address."""
    visit = visit_of("/network", search)
    unknown = sorted(set(visit.query) - PARAMETERS)
    if form not in GRAPH_FORMATS or unknown:
        told = _("Formats: {formats}. Parameters: {names}.").format(
            formats=", ".join(GRAPH_FORMATS), names=", ".join(sorted(PARAMETERS))
        )
        status = 404 if form not in GRAPH_FORMATS else 400
        return problem(status, "unknown-address", _("There is nothing at this address"), told)
    try:
        with store.reading() as publication:
            data = network_data(store, require_sense(store, network_view(store, visit)))
            thought = badge(store, data.view)
            graph = view_graph(store, data, publication)
    except (ObservatoryError, BadRequest) as error:
        return problem_of(error)
    written = GRAPH_FORMATS[form]
    stem = file_stem("network", "scenario" if thought else "", snapshot_id=publication.snapshot_id)
    return Response(
        written.written(graph),
        mimetype=written.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{stem}.{written.ending}"',
            "Cache-Control": "no-cache",
        },
    )


def view_graph(store: Store, data: NetworkData, publication: Publication) -> nx.Graph:
    """The graph of a view: members with what is known and measured, ties with their evidence."""
    cities = all_cities(store).set_index("city_id")[["latitude_deg", "longitude_deg"]]
    nodes = data.members[["name", "country", "region", "evidence", "x", "y"]]
    nodes = nodes.join(cities).join(data.measures).assign(community=data.communities.of)
    used = air_sources(store) if AIR in data.view.kinds else ()
    facts = {
        "title": _("Network of the members of Metropolis"),
        "filter": ". ".join(filter_words(data.view)),
        "members": data.whole.members,
        "linked": data.whole.linked,
        "ties": data.whole.ties,
        "snapshot": publication.snapshot_id,
        "published_on": publication.day,
        "seed": SEED,
        "licence": " ".join((*source_credits(store, used), made_by())),
        "address": data.view.href(),
        "scenario": badge(store, data.view),
    }
    return attributed_graph(nodes, evident_ties(store, data.ties, data.evidence), facts)
