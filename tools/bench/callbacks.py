"""What a browser sends when a component changes, read from the server's own declaration."""

import http.client
import json
from dataclasses import dataclass

from observatory.pages.atlas import SHOWN, STATE
from observatory.views.components.frame import LOCATION
from tools.bench.server import Server, ask

DECLARED = "/_dash-dependencies"
UPDATE = "/_dash-update-component"
PATH = f"{LOCATION}.pathname"
SEARCH = f"{LOCATION}.search"

Declaration = dict[str, object]


@dataclass(frozen=True)
class Callbacks:
    """The callbacks of a server, by the inputs that set them off."""

    declared: tuple[Declaration, ...]

    def layout(self, path: str) -> bytes:
        """The request for the page of a path."""
        return self.request(PATH, {PATH: path, SEARCH: ""})

    def control(self, search: str) -> bytes:
        """The request of the Atlas after a control was changed."""
        return self.control_of("/atlas", STATE, search)

    def lists(self, search: str) -> bytes:
        """The request that follows it: for what stands below the map."""
        return self.control_of("/atlas", SHOWN, search)

    def control_of(self, page: str, state: str, search: str) -> bytes:
        """The request of a page after a control was changed; `state` holds its address."""
        changed = f"{state}.data"
        return self.request(changed, {changed: search, PATH: page, SEARCH: search})

    def request(self, changed: str, values: dict[str, object]) -> bytes:
        """The body that asks the server's callback of an input; other inputs are empty.

        Raises:
            LookupError: no callback of the server has this input.
        """
        for declaration in self.declared:
            inputs = _filled(declaration["inputs"], values)
            if changed in {f"{one['id']}.{one['property']}" for one in inputs}:
                body = {
                    "output": declaration["output"],
                    "outputs": _outputs(str(declaration["output"])),
                    "inputs": inputs,
                    "state": _filled(declaration["state"], values),
                    "changedPropIds": [changed],
                }
                return json.dumps(body).encode()
        raise LookupError(f"expected a callback with the input {changed}, found none")


def callbacks_of(server: Server) -> Callbacks:
    """The callbacks that are answered by a server, not in the browser."""
    connection = server.connection()
    try:
        connection.request("GET", DECLARED)  # uncompressed, to be read here
        found = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return Callbacks(tuple(one for one in found if one["clientside_function"] is None))


def _filled(parts: object, values: dict[str, object]) -> list[Declaration]:
    found = parts if isinstance(parts, list) else []
    return [{**part, "value": values.get(f"{part['id']}.{part['property']}")} for part in found]


def _outputs(declared: str) -> object:
    """One output, or the list that Dash writes as `..first.a...second.b..`."""
    several = declared.startswith("..")
    parts = declared.strip(".").split("...") if several else [declared]
    pairs = [part.rsplit(".", 1) for part in parts]
    named = [{"id": component, "property": name} for component, name in pairs]
    return named if several else named[0]


def answered(server: Server, path: str, body: bytes | None = None) -> int:
    """Ask once over a new connection; gives the length of the answer.

    Raises:
        RuntimeError: the answer is not a success.
    """
    connection = server.connection()
    try:
        return answered_on(connection, path, body)
    finally:
        connection.close()


def answered_on(
    connection: http.client.HTTPConnection, path: str, body: bytes | None = None
) -> int:
    """Ask once over a connection that is kept; gives the length of the answer.

    Raises:
        RuntimeError: the answer is not a success.
    """
    answer = ask(connection, path, body)
    if answer.status != 200:  # noqa: PLR2004 - HTTP OK
        raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:200]!r}")
    return len(answer.body)
