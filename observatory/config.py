"""Settings: what differs between machines, read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import cast

from observatory.errors import SettingsError

PROJECT_DIR = Path(__file__).resolve().parent.parent
PREFIX = "OBSERVATORY_"
LAST_PORT = 65_535
ORIGIN = re.compile(r"https?://[^/\s?#]+")
SAFE_ADDRESS = re.compile(r"https://|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/|$)")
MEMORY_SIZE = r"\d+(\.\d+)?\s*[KMGT]i?B"  # as DuckDB reads it
MOST_WORKERS = 4  # by default; each takes some 200 MB


@dataclass(frozen=True)
class Settings:
    """One value per `OBSERVATORY_*` environment variable, checked when it is made.

    Attributes:
        host: address the server listens on.
        port: port the server listens on, 1 to 65535.
        data_dir: folder of published snapshots; made by the first build.
        datasets_dir: folder of the input facts.
        workspace_url: database of what people write, as SQLAlchemy writes its address; "" for a
            SQLite file in data_dir.
        public_url: where readers find the server ("https://observatory.example"); "" where that
            is host and port. Needed where a proxy ends TLS.
        trusted_proxies: how many proxies in front pass on the reader's address, 0 for none.
        session_idle_hours: a session unused for so long ends.
        session_hours: a session ends after so long, used or not.
        oidc_issuer: address of the OpenID provider people may sign in with; "" for none.
        oidc_client_id: what the provider calls this server.
        oidc_client_secret: the secret shared with the provider; never shown.
        smtp_host: mail server that takes notices; "" where none are sent.
        smtp_port: its port. smtp_tls: whether to speak with it by STARTTLS.
        smtp_user: account there, "" for none.
        smtp_password: its password; never shown.
        mail_from: the address notices come from.
        workers: processes that answer, each with threads of its own.
        query_seconds: time limit of one query, in seconds.
        query_threads: threads DuckDB may use for one process.
        memory_limit: memory DuckDB may use for one process, as DuckDB writes it ("512MB").
        snapshots_kept: how many published snapshots stay for as-of views, at least 2.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    data_dir: Path = PROJECT_DIR / "data"
    datasets_dir: Path = PROJECT_DIR / "datasets"
    workspace_url: str = ""
    public_url: str = ""
    trusted_proxies: int = 0
    session_idle_hours: float = 12
    session_hours: float = 168
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_tls: bool = False
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = "observatory@localhost"
    workers: int = max(1, min(os.cpu_count() or 1, MOST_WORKERS))
    query_seconds: float = 5.0
    query_threads: int = 2
    memory_limit: str = "512MB"
    snapshots_kept: int = 5

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> "Settings":
        """Settings from environment variables; those not set keep their defaults.

        Raises:
            SettingsError: a value has the wrong type or range; the message names the variable.
        """
        given = {
            field.name: _converted(field.name, environment[PREFIX + field.name.upper()])
            for field in fields(cls)
            if environment.get(PREFIX + field.name.upper())
        }
        settings = cls(**given)  # type: ignore[arg-type]  # _converted returns the field's type
        settings._check()
        return settings

    def _check(self) -> None:
        if not 1 <= self.port <= LAST_PORT:
            raise SettingsError(
                f"{PREFIX}PORT: expected a port from 1 to 65535, found {self.port}."
            )
        if self.workers < 1:
            raise SettingsError(f"{PREFIX}WORKERS: expected at least 1, found {self.workers}.")
        if not re.fullmatch(MEMORY_SIZE, self.memory_limit, re.IGNORECASE):
            raise SettingsError(
                f"{PREFIX}MEMORY_LIMIT: expected a size such as 512MB or 2GB, "
                f"found {self.memory_limit!r}."
            )
        if self.query_seconds <= 0:
            raise SettingsError(
                f"{PREFIX}QUERY_SECONDS: expected more than 0, found {self.query_seconds}."
            )
        if self.snapshots_kept < 2:  # noqa: PLR2004 - the one served and the one before it
            raise SettingsError(
                f"{PREFIX}SNAPSHOTS_KEPT: expected at least 2, found {self.snapshots_kept}."
            )
        self._check_people()

    def _check_people(self) -> None:
        if self.public_url and not ORIGIN.fullmatch(self.public_url):
            raise SettingsError(
                f"{PREFIX}PUBLIC_URL: expected an address like https://observatory.example, "
                f"without a path, found {self.public_url!r}."
            )
        if self.trusted_proxies < 0:
            raise SettingsError(
                f"{PREFIX}TRUSTED_PROXIES: expected 0 or more, found {self.trusted_proxies}."
            )
        if not 0 < self.session_idle_hours <= self.session_hours:
            raise SettingsError(
                f"{PREFIX}SESSION_IDLE_HOURS: expected more than 0 and at most "
                f"{PREFIX}SESSION_HOURS ({self.session_hours:g}), found "
                f"{self.session_idle_hours:g}."
            )
        if self.oidc_issuer and not SAFE_ADDRESS.match(self.oidc_issuer):
            raise SettingsError(
                f"{PREFIX}OIDC_ISSUER: expected an https address (http on this machine only), "
                f"found {self.oidc_issuer!r}."
            )
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise SettingsError(
                f"{PREFIX}OIDC_ISSUER and {PREFIX}OIDC_CLIENT_ID: expected both or none."
            )

    def as_variables(self) -> dict[str, str]:
        """Every setting, secrets too, by the name of its variable, in declared order."""
        return {PREFIX + f.name.upper(): str(getattr(self, f.name)) for f in fields(self)}


def _converted(name: str, text: str) -> object:
    kind = {field.name: field.type for field in fields(Settings)}[name]
    if kind is bool:
        return _yes_or_no(name, text)
    try:
        return Path(text).expanduser().resolve() if kind is Path else cast("type", kind)(text)
    except ValueError:
        expected = {"int": "a whole number", "float": "a number"}[getattr(kind, "__name__", "")]
        raise SettingsError(
            f"{PREFIX}{name.upper()}: expected {expected}, found {text!r}."
        ) from None


def _yes_or_no(name: str, text: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text.lower() not in words:
        raise SettingsError(f"{PREFIX}{name.upper()}: expected yes or no, found {text!r}.")
    return words[text.lower()]
