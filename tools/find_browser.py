"""A Chromium for the browser tests: one that is here, Debian's, or Playwright's own.

Says what it found or what failed, and exits with 1 when no browser can be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

QUIET = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed_browser() -> str | None:
    """The path of a Chromium on this machine, Playwright's own included, or None."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def _attempts() -> list[tuple[str, list[list[str]]]]:
    attempts = [("Playwright's own", [[sys.executable, "-m", "playwright", "install", "chromium"]])]
    if shutil.which("apt-get"):
        prefix = [] if _is_root() else ["sudo", "-n"]
        debian = [
            [*prefix, "apt-get", "update", "-qq"],
            [*prefix, "apt-get", "install", "-y", "-qq", "chromium"],
        ]
        attempts.insert(0, ("Debian's package", debian))
    return attempts


def _is_root() -> bool:
    return os.geteuid() == 0


def main() -> int:
    """Find a browser or install one."""
    found = installed_browser()
    failures = []
    for name, commands in [] if found else _attempts():
        sys.stderr.write(f"No browser for the tests yet: trying {name} …\n")
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=QUIET)  # noqa: S603 - fixed words
            if done.returncode != 0:
                failures.append(f"{' '.join(command)}: {done.stderr.strip()[-300:]}")
                break
        found = installed_browser()
        if found:
            break
    if found:
        sys.stderr.write(f"Browser tests use {found}\n")
        return 0
    sys.stderr.write(
        "Expected a Chromium for the browser tests, found none and could install none:\n"
    )
    sys.stderr.write("\n".join(failures) + "\nInstall Chromium and run `make test` again.\n")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Error as error:
        sys.exit(f"Playwright could not start: {error}")
