"""GET /plan/plan.<form>: the plan of a view as StratML or JSON."""

from flask import Flask, Response, abort, request
from werkzeug.exceptions import BadRequest

from observatory.exchange.plan_files import FORMS, PlanToWrite, plan_file
from observatory.pages.export_plan import asked_view
from observatory.pages.exports import problem_of
from observatory.pages.plan_data import PlanReader
from observatory.pages.plan_view import PATH
from observatory.pages.visit import visit_of
from observatory.queries.cities import city_names
from observatory.store.warehouse import Store


def register_plan_files(server: Flask, store: Store, reader: PlanReader) -> None:
    """Answer the addresses of the plan's files."""

    @server.get(f"{PATH}/files/<form>")
    def plan_as_file(form: str) -> Response:
        if form not in FORMS:
            abort(404)
        visit = visit_of(request.path, request.query_string.decode("utf-8", "replace"))
        try:
            view = asked_view(visit)
        except BadRequest as error:
            return problem_of(error)
        with store.reading() as publication:
            data = reader.data(store, view, needs_all=True)
            told = PlanToWrite(data.plan, data.found, city_names(store))
            content = plan_file(told, form)
        ending, kind = FORMS[form]
        name = f"metropolis-plan-{view.as_of}-{publication.snapshot_id}.{ending}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-cache",
        }
        return Response(content, mimetype=kind, headers=headers)
