"""The plan in the API: every node with its status as of any day, and updates by programs."""

import datetime as dt
from http import HTTPStatus
from typing import NoReturn

import orjson
import pandas as pd
from flask import Blueprint, Response
from spectree import SpecTree

from observatory.api import models
from observatory.api.answers import Rows, item_answer, table_answer
from observatory.api.formats import records
from observatory.api.models import Fault, NewUpdate
from observatory.api.openapi import Answers
from observatory.api.parameters import PlanQuestion
from observatory.api.problems import refuse_request
from observatory.api.tables import small_table
from observatory.errors import InputError, UnknownIdError
from observatory.queries.network import all_participations
from observatory.queries.plan import participants
from observatory.reports.plan_source import PlanSource
from observatory.reports.plan_table import NODE_COLUMNS, plan_rows
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from observatory.workspace.policy import Action
from observatory.workspace.reader import current_actor, require_current, require_token
from observatory.workspace.update_content import FIELDS, content_problems
from observatory.workspace.updates import Draft, start, submit

COLUMNS = [column.name for column in NODE_COLUMNS]
NEAR = 3


def register_plan(
    api: Blueprint, spec: SpecTree, store: Store, source: PlanSource, workspace: Workspace
) -> None:
    """Add the plan's addresses."""

    @api.get("/plan")
    @spec.validate(resp=Answers(models.PlanPage, is_table=True), tags=["plan"])
    def plan(query: PlanQuestion) -> Response:
        """Every node of the plan with its status and all that this follows from, by id."""
        return table_answer(store, query, _rows(store, source, query), _edition(source))

    @api.get("/plan/<node_id>")
    @spec.validate(resp=Answers(models.PlanNode), tags=["plan"])
    def plan_node(node_id: str, query: PlanQuestion) -> Response:
        """One node of the plan."""
        return item_answer(
            store, query, lambda _now: _node(store, source, query, node_id), _edition(source)
        )

    @api.post("/plan/updates")
    @spec.validate(resp=Answers(models.UpdateTaken), tags=["plan"])
    def plan_update(json: NewUpdate) -> Response:
        """Write an update, and hand it in for review; needs a token of somebody who may."""
        return _taken(store, source, workspace, json)


def _edition(source: PlanSource) -> str:
    """What the plan follows from besides the snapshot: the day, and what was published."""
    return f"{_today()} {source.edition()}"


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _frame(store: Store, source: PlanSource, query: PlanQuestion) -> pd.DataFrame:
    day = query.as_of or _today()
    seen = source.seen(store, day, illustrative=query.illustrative == "on", needs_all=True)
    frame = pd.DataFrame(plan_rows(seen), columns=COLUMNS)
    texts = [column.name for column in NODE_COLUMNS if column.sql_type == "VARCHAR"]
    return frame.assign(**{name: frame[name].replace("", None) for name in texts})


def _rows(store: Store, source: PlanSource, query: PlanQuestion) -> Rows:
    return small_table("plan", "node_id", lambda: _frame(store, source, query))


def _node(store: Store, source: PlanSource, query: PlanQuestion, node_id: str) -> dict[str, object]:
    frame = _frame(store, source, query).set_index("node_id", drop=False)
    if node_id not in frame.index:
        near = [str(one) for one in frame.index if str(one)[:2].lower() == node_id[:2].lower()]
        raise UnknownIdError("node", node_id, near[:NEAR])
    return records(frame.loc[[node_id]])[0]


def _taken(store: Store, source: PlanSource, workspace: Workspace, sent: NewUpdate) -> Response:
    require_token()
    require_current(Action.WRITE_UPDATE)
    plan = source.whole(store, _today())[0]
    by_id = {one.initiative_id: one for one in plan.initiatives}
    if sent.initiative_id not in by_id:
        _refuse("initiative_id", f"there is no initiative {sent.initiative_id!r}")
    own = {one.measure_id for one in plan.measures if one.node_id == sent.initiative_id}
    if sent.kind not in FIELDS:
        _refuse("kind", f"expected one of {', '.join(FIELDS)}, found {sent.kind!r}")
    if sent.kind in {"actual", "forecast"} and sent.subject_id not in own:
        _refuse("subject_id", f"expected a measure of the initiative, found {sent.subject_id!r}")
    parts = all_participations(store)
    cities = frozenset(participants(by_id[sent.initiative_id], parts)["city_id"])
    problems = content_problems(sent.kind, sent.content, _today())
    if sent.submit and problems:
        _refuse("content", " ".join(problems))  # before anything is begun
    draft = Draft(sent.kind, sent.initiative_id, sent.subject_id, cities, sent.content)
    actor = current_actor()
    try:
        update_id = start(workspace, actor, draft)
        if sent.submit:
            submit(workspace, actor, update_id, 1)
    except InputError as error:
        _refuse("content", str(error))
    state = "submitted" if sent.submit else "draft"
    content = {"update_id": update_id, "state": state, "href": f"/queue/{update_id}"}
    return Response(orjson.dumps(content), HTTPStatus.CREATED, mimetype="application/json")


def _refuse(parameter: str, reason: str) -> NoReturn:
    refuse_request([Fault(parameter=parameter, reason=reason)])
