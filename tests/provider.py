"""A real OpenID provider on a free port of this machine, which also holds us to PKCE.

The provider from PyPI signs tokens and checks codes, but takes any PKCE verifier; `_Pkce` stands
before it and refuses a code that is redeemed without the verifier of who asked for it.
"""

import base64
import hashlib
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REDEEMED = "/redeemed"
ALIAS = "/somebody-else"  # below it the same provider answers, under its own name


class _Pkce:
    """Remembers the challenge of each code, and compares the verifier when it is redeemed."""

    def __init__(self, provider: "WSGIApplication") -> None:
        self._provider = provider
        self._challenges: dict[str, str] = {}
        self._redeemed = 0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(ALIAS)
        if environ["PATH_INFO"] == REDEEMED:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(self._redeemed).encode()]
        if environ["PATH_INFO"] == "/oauth2/token":
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = BytesIO(body)
            sent = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
            made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if self._challenges.pop(sent.get("code", ""), "none asked") != made:
                start_response("400 BAD REQUEST", [("Content-Type", "application/json")])
                return [json.dumps({"error": "invalid_grant"}).encode()]
            self._redeemed += 1
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}

        def started(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            location = dict(headers).get("Location", "")
            code = parse_qs(urlsplit(location).query).get("code")
            if environ["PATH_INFO"] == "/oauth2/authorize" and code:
                assert asked["code_challenge_method"] == "S256"
                self._challenges[code[0]] = asked["code_challenge"]
            return start_response(status, headers, *more)

        return self._provider(environ, started)


class Provider:
    """The provider as a test uses it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"

    def redeemed(self) -> int:
        """How many codes have been redeemed with the right verifier."""
        with urllib.request.urlopen(f"{self.address}{REDEEMED}", timeout=10) as answer:
            return int(answer.read())

    def knows(self, subject: str, **claims: object) -> None:
        """Let the provider know somebody."""
        asked = urllib.request.Request(
            f"{self.address}/users/{subject}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(asked, timeout=10):
            return

    def consent(self, address: str, subject: str) -> str:
        """Where the browser is sent back to once somebody has signed in at the provider."""
        try:
            urllib.request.build_opener(_Stay).open(
                address, data=f"sub={subject}".encode(), timeout=10
            )
        except urllib.error.HTTPError as answer:
            with answer:
                return str(answer.headers["Location"])
        raise AssertionError("the provider sent nobody back")


class _Stay(urllib.request.HTTPRedirectHandler):
    """A browser that tells where it is sent and does not go there."""

    def redirect_request(self, *_: object) -> None:
        return None


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider that runs until the end of the block, as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.provider"],
        cwd=Path(__file__).resolve().parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield Provider(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


def main() -> None:
    """Serve on a free port, which is printed first."""
    import oidc_provider_mock  # noqa: PLC0415 - warns when imported, so only in its own process

    server = make_server("localhost", 0, _Pkce(oidc_provider_mock.app()), threaded=True)
    print(server.server_port, flush=True)  # noqa: T201 - read by `provided`
    server.serve_forever()


if __name__ == "__main__":
    main()
