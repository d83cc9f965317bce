"""The OpenAPI document: SpecTree collects it from the routes, this adds what it cannot know."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError
from spectree import Response, SpecTree
from spectree.model_adapter import ModelClass
from spectree.utils import get_model_key

from observatory.api.formats import MEDIA_TYPES
from observatory.api.models import Fault, ProblemDocument
from observatory.api.paging import API_VERSION
from observatory.api.parameters import reason_of
from observatory.api.problems import MEDIA_TYPE, refuse_request
from observatory.language import gettext as _

PROBLEMS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
ETAG = {"description": "changes with the snapshot", "schema": {"type": "string"}}
LINK = {"description": "address of the next page", "schema": {"type": "string"}}
FILES = {
    MEDIA_TYPES["csv"]: {"schema": {"type": "string"}},
    MEDIA_TYPES["parquet"]: {"schema": {"type": "string", "format": "binary"}},
}


class Answers(Response):
    """What one operation can answer: its model, files where it is a table, and problems.

    The models document; an answer is not checked against them on its way out (the tests do).
    """

    def __init__(self, model: type[BaseModel], *, is_table: bool = False) -> None:
        problems: dict[str, Any] = {f"HTTP_{status.value}": ProblemDocument for status in PROBLEMS}
        super().__init__("HTTP_304", HTTP_200=model, **problems)
        self._is_table = is_table

    def find_model(self, code: int) -> ModelClass | None:
        """No model: nothing is checked."""
        del code
        return None

    def generate_spec(
        self, naming_strategy: Callable[[ModelClass], str] = get_model_key
    ) -> dict[str, Any]:
        """The responses part of the operation."""
        responses = super().generate_spec(naming_strategy)
        for status in PROBLEMS:
            content = responses[str(status.value)]["content"]
            content[MEDIA_TYPE] = content.pop(MEDIA_TYPES["json"])
        found = responses["200"]
        found["headers"] = {"ETag": ETAG}
        if self._is_table:
            found["content"].update(FILES)
            found["headers"]["Link"] = LINK
        return responses


def specification() -> SpecTree:
    """The collector of the routes; it checks their parameters too."""
    return SpecTree(
        "flask",
        mode="strict",
        title=_("Metropolis Observatory"),
        version=API_VERSION,
        description=_(
            "City indicators, each number with its source, method and snapshot, and the plan "
            "with its status as of any day. Updates of the plan need a token."
        ),
        before=_refuse_invalid,
        validation_error_status=HTTPStatus.BAD_REQUEST.value,
        naming_strategy=lambda model: str(model.__name__),
        nested_naming_strategy=lambda _parent, child: child,
    )


def document(spec: SpecTree) -> bytes:
    """The OpenAPI document of the routes, as JSON; needs the context of the server."""
    return orjson.dumps(_without_null_defaults(spec.spec))


def _without_null_defaults(part: object) -> object:
    """What may be left out has no default: pydantic's null is not of the parameter's type."""
    if isinstance(part, dict):
        return {
            key: _without_null_defaults(value)
            for key, value in part.items()
            if not (key == "default" and value is None)
        }
    return [_without_null_defaults(item) for item in part] if isinstance(part, list) else part


def _refuse_invalid(
    _request: object,
    _response: object,
    error: Exception | None,
    _instance: object,
    _adapter: object,
) -> None:
    """Answer parameters that break a rule with one problem document that names them all."""
    if not isinstance(error, ValidationError):
        return
    refuse_request(
        [
            Fault(
                parameter=str(found["loc"][0]) if found["loc"] else "query",
                reason=reason_of(found["type"], found["msg"]),
            )
            for found in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    )
