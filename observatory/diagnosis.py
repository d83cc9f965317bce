"""`doctor`: what is wrong with a machine or a setting, in plain words."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from observatory.config import Settings
from observatory.errors import ObservatoryError, WorkspaceError
from observatory.ingest.build import inputs_of
from observatory.serving import require_free_port
from observatory.store.publication import current_publication, snapshots_dir
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace, shown_url, workspace_url
from observatory.workspace.links import has_admin

HIDDEN = "(set, not shown)"
OLDEST_PYTHON = (3, 11)
NEEDED_MB = 500
LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as needed, and what to do if it is not."""

    subject: str
    is_fine: bool
    words: str


def findings(settings: Settings) -> list[Finding]:
    """Everything `doctor` looks at, in the order in which things are needed."""
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _python,
        _facts,
        _write_permission,
        _disk,
        _snapshot,
        _workspace,
        _accounts,
        _provider,
        _https,
        _port,
    )
    shown = replace(
        settings,
        workspace_url=shown_url(settings.workspace_url),
        oidc_client_secret=_hidden(settings.oidc_client_secret),
        smtp_password=_hidden(settings.smtp_password),
    )
    named = [Finding(name, True, value) for name, value in shown.as_variables().items()]
    return [*[look(settings) for look in looks], *named]


def _hidden(secret: str) -> str:
    return HIDDEN if secret else ""


def python_finding(version: tuple[int, int]) -> Finding:
    """Whether a Python version can run the observatory."""
    found = ".".join(map(str, version))
    if version >= OLDEST_PYTHON:
        return Finding("Python", True, f"{found}, with DuckDB {duckdb.__version__}")
    wanted = ".".join(map(str, OLDEST_PYTHON))
    words = f"expected {wanted} or newer, found {found}. Run `make run PYTHON=python{wanted}`."
    return Finding("Python", False, words)


def _python(_settings: Settings) -> Finding:
    return python_finding(sys.version_info[:2])


def _facts(settings: Settings) -> Finding:
    missing = [path.name for path in inputs_of(settings).files() if not path.exists()]
    if missing:
        words = f"expected them in {settings.datasets_dir}, found no {', '.join(missing)}."
        return Finding("Input facts", False, f"{words} Is OBSERVATORY_DATASETS_DIR right?")
    return Finding("Input facts", True, str(settings.datasets_dir))


def _write_permission(settings: Settings) -> Finding:
    folder = snapshots_dir(settings.data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        words = f"expected to write to {folder}, found: {error.strerror}. Give it to this user"
        return Finding("Data folder", False, f"{words}, or set OBSERVATORY_DATA_DIR.")
    return Finding("Data folder", True, str(settings.data_dir))


def _disk(settings: Settings) -> Finding:
    free_mb = shutil.disk_usage(_existing(settings.data_dir)).free // 2**20
    if free_mb < NEEDED_MB:
        words = f"expected {NEEDED_MB} MB free for a build, found {free_mb} MB. Make room."
        return Finding("Disk", False, words)
    return Finding("Disk", True, f"{free_mb:,} MB free")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _snapshot(settings: Settings) -> Finding:
    try:
        publication = current_publication(settings.data_dir)
        if publication is None:
            return Finding("Snapshot", False, "none is published yet. Run `observatory build`.")
        store = Store(settings)
        store.rows("SELECT count(*) FROM cities")
        store.close()
    except ObservatoryError as error:
        return Finding("Snapshot", False, str(error))
    return Finding("Snapshot", True, f"{publication.snapshot_id}, {publication.published_at}")


def _workspace(settings: Settings) -> Finding:
    workspace = Workspace(settings)
    try:
        workspace.require_writable()
    except WorkspaceError as error:
        return Finding("Workspace", False, error.detail or str(error))
    finally:
        workspace.close()
    return Finding("Workspace", True, f"{shown_url(workspace_url(settings))} can be written")


def _accounts(settings: Settings) -> Finding:
    workspace = Workspace(settings)
    try:
        is_administered = has_admin(workspace)
    except ObservatoryError as error:
        return Finding("Accounts", False, str(error))
    finally:
        workspace.close()
    if is_administered:
        return Finding("Accounts", True, "somebody administers")
    words = "nobody administers yet; `observatory serve` prints a link for the first one"
    return Finding("Accounts", True, words)


def _provider(settings: Settings) -> Finding:
    if not settings.oidc_issuer:
        return Finding("OpenID provider", True, "none; people sign in with passwords")
    from observatory.workspace.oidc import Provider  # noqa: PLC0415 - late: heavy, rarely used

    try:
        Provider(settings).require_answer()
    except ObservatoryError as error:
        words = f"expected one at {settings.oidc_issuer}: {error}"
        return Finding("OpenID provider", False, f"{words} Is OBSERVATORY_OIDC_ISSUER right?")
    return Finding("OpenID provider", True, f"{settings.oidc_issuer} answers")


def _https(settings: Settings) -> Finding:
    if settings.public_url.startswith("https://"):
        return Finding("Sign-in cookies", True, f"for {settings.public_url} only, over https")
    if settings.host in LOCAL_HOSTS and not settings.public_url:
        return Finding("Sign-in cookies", True, "for this machine, without https")
    words = "would travel without https. Set OBSERVATORY_PUBLIC_URL=https://… behind a proxy."
    return Finding("Sign-in cookies", False, words)


def _port(settings: Settings) -> Finding:
    try:
        require_free_port(settings)
    except ObservatoryError as error:
        return Finding("Port", False, str(error))
    return Finding("Port", True, f"{settings.host}:{settings.port} is free")
