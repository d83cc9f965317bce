"""Errors as RFC 9457 problem documents; every error below /api/v1 is one."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import NoReturn

import orjson
from flask import Blueprint, Flask, Response, abort, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as AnyResponse

from observatory.api.models import Fault, ProblemDocument
from observatory.errors import LicenceError, QueryTimeoutError, StoreError, UnknownIdError
from observatory.language import gettext as _

logger = logging.getLogger(__name__)

PREFIX = "/api/v1"
MEDIA_TYPE = "application/problem+json"
KIND = "urn:metropolis-observatory:problem:"


def problem(
    status: HTTPStatus, kind: str, title: str, detail: str, faults: Sequence[Fault] = ()
) -> Response:
    """A problem document with its status; never cached."""
    document = ProblemDocument(
        type=f"{KIND}{kind}",
        title=title,
        status=status.value,
        detail=detail,
        errors=list(faults),
    )
    return Response(
        orjson.dumps(document.model_dump()),
        status=status.value,
        mimetype=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )


def refuse_request(faults: Sequence[Fault]) -> NoReturn:
    """End the request with 400 and everything that is wrong with it."""
    detail = " ".join(f"{fault.parameter}: {_sentence(fault.reason)}" for fault in faults)
    title = _("The request makes no sense")
    abort(problem(HTTPStatus.BAD_REQUEST, "bad-request", title, detail, faults))


def refuse_id(error: UnknownIdError) -> NoReturn:
    """End the request with 404: the address names nothing."""
    fault = Fault(parameter=f"{error.kind}_id", reason=str(error), near=list(error.near))
    title = _("There is nothing of this id")
    abort(problem(HTTPStatus.NOT_FOUND, "unknown-id", title, str(error), [fault]))


def refuse_day(detail: str) -> NoReturn:
    """End the request with 404: no snapshot of that day is to be had."""
    fault = Fault(parameter="as_of", reason=detail)
    title = _("No snapshot of this day is to be had")
    abort(problem(HTTPStatus.NOT_FOUND, "no-snapshot-of-day", title, detail, [fault]))


def refuse_accept(offered: Sequence[str]) -> NoReturn:
    """End the request with 406: no offered form of the answer is accepted."""
    title = _("None of the accepted media types is offered")
    detail = _("Offered here: {media_types}.").format(media_types=", ".join(offered))
    abort(problem(HTTPStatus.NOT_ACCEPTABLE, "not-acceptable", title, detail))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def register_problems(server: Flask, api: Blueprint) -> None:
    """Answer errors below /api/v1 with problem documents; leave those of pages alone.

    Unknown addresses and methods belong to no blueprint, so they are caught at the server.
    """
    api.register_error_handler(StoreError, _store_problem)
    api.register_error_handler(LicenceError, _licence_problem)

    @server.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> AnyResponse | HTTPException:
        return _http_problem(error) if _is_api() else error


def _is_api() -> bool:
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def _store_problem(error: StoreError) -> Response:
    logger.warning("%s answered 503: %s", request.path, error)
    kind, title = "no-snapshot", _("The snapshot cannot be read now")
    if isinstance(error, QueryTimeoutError):
        kind, title = "took-too-long", _("The question took too long")
    answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, kind, title, str(error))
    answer.headers["Retry-After"] = "30"
    return answer


def _licence_problem(error: LicenceError) -> Response:
    title = _("This figure may not be passed on")
    return problem(HTTPStatus.FORBIDDEN, "licence", title, str(error))


def _http_problem(error: HTTPException) -> AnyResponse:
    if isinstance(error, NotFound):
        detail = _("There is nothing at this address. {prefix}/openapi.json lists what there is.")
        title = _("There is nothing at this address")
        return problem(HTTPStatus.NOT_FOUND, "unknown-address", title, detail.format(prefix=PREFIX))
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        detail = _("This address can be read only: {methods}.").format(methods=allowed)
        title = _("The method is not allowed here")
        answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", title, detail)
        answer.headers["Allow"] = allowed
        return answer
    if isinstance(error, InternalServerError):
        title = _("Something broke on our side")
        detail = _("The error is in the log. Please report it with the address asked for.")
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", title, detail)
    status = HTTPStatus(error.code or HTTPStatus.BAD_REQUEST)
    return problem(
        status, status.name.lower().replace("_", "-"), error.name, error.description or ""
    )
