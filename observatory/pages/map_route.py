"""`/map/land.svg`: the land behind the maps of members."""

from flask import Flask, Response, request

from observatory.errors import StoreError
from observatory.queries.coverage import land_rings
from observatory.store.warehouse import Store
from observatory.views.figures.land_svg import land_svg

LAND_PATH = "/map/land.svg"


def land_response(store: Store) -> Response:
    """The land of the published snapshot; not sent again to who has it."""
    try:
        with store.reading() as publication:
            if publication.snapshot_id in request.if_none_match:
                response = Response(status=304)
            else:
                drawn = store.kept("land-svg", lambda: land_svg(land_rings(store)))
                response = Response(drawn, mimetype="image/svg+xml")
    except StoreError as error:
        return Response(str(error), status=503, mimetype="text/plain")
    response.set_etag(publication.snapshot_id)
    response.cache_control.max_age = 600
    return response


def register_map(server: Flask, store: Store) -> None:
    """Answer GET /map/land.svg."""

    @server.get(LAND_PATH)
    def land() -> Response:
        return land_response(store)
