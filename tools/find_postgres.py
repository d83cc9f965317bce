"""A PostgreSQL for the tests of the workspace: one that is here, or Debian's package.

Says what it found or what failed, and exits with 1 when none can be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/pgsql-*/bin")


def installed_postgres() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest there is, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [path for place in PLACES for path in sorted(Path("/").glob(place.lstrip("/")))]
    fit = [path for path in folders if (path / "initdb").exists()]
    return fit[-1] if fit else None


def _install() -> str:
    """Install Debian's package; gives what failed, "" for nothing."""
    if not shutil.which("apt-get"):
        return "there is no apt-get on this machine"
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (
        [*prefix, "apt-get", "update", "-qq"],
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=QUIET)  # noqa: S603 - fixed words
        if done.returncode != 0:
            return f"{' '.join(command)}: {done.stderr.strip()[-300:]}"
    return ""


def main() -> int:
    """Find PostgreSQL or install it."""
    failure = ""
    if installed_postgres() is None:
        sys.stderr.write("No PostgreSQL for the tests yet: trying Debian's package …\n")
        failure = _install()
    found = installed_postgres()
    if found is not None:
        sys.stderr.write(f"Workspace tests use PostgreSQL in {found}\n")
        return 0
    sys.stderr.write(
        "Expected a PostgreSQL for the tests of the workspace, found none and could install "
        f"none: {failure}\nInstall PostgreSQL and run `make test` again.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
