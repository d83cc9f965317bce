"""Wrong passwords are counted, for the account and for the address, and cost more and more time.

The counts lie in the workspace, so they hold across workers and restarts. A try is counted as
wrong before the password is looked at, and taken back if it was right: tries made at the same
time do not slip through together.
"""

import ipaddress
import logging
import math
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from observatory.errors import TooManyTriesError
from observatory.language import ngettext
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.tables import ATTEMPTS
from observatory.workspace.times import moment_of, now_text, text_of

logger = logging.getLogger(__name__)

SOON = 120  # seconds, below which a wait is told in seconds
IPV6_NETWORK = 64  # bits; what one household or server has to itself


@dataclass(frozen=True)
class Budget:
    """How many wrong tries are free, and how long one waits after each further one, in seconds.

    The wait doubles from `first` up to `longest`; after `forgotten_hours` without a wrong try all
    begins anew.
    """

    free: int
    first: int
    longest: int
    forgotten_hours: float


ACCOUNT = Budget(free=5, first=30, longest=3_600, forgotten_hours=24)
ADDRESS = Budget(free=20, first=30, longest=900, forgotten_hours=1)


def count_try(workspace: Workspace, *, email: str, address: str) -> None:
    """Count a try as wrong, before it is known whether it is.

    Raises:
        TooManyTriesError: the account or the address must wait; the try is not counted.
    """
    keys = _keys(email, address)
    try:
        with writing(workspace) as connection:
            _count(connection, keys)
    except IntegrityError:  # two first tries at one time: now there is the row of the other
        with writing(workspace) as connection:
            _count(connection, keys)


def forgive_try(workspace: Workspace, *, email: str, address: str) -> None:
    """Take back what `count_try` counted: the password was right."""
    (account, _budget), (own_address, _budget) = _keys(email, address)
    with writing(workspace) as connection:
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.attempt_key == account))
        connection.execute(
            update(ATTEMPTS)
            .where(ATTEMPTS.c.attempt_key == own_address, ATTEMPTS.c.failures > 0)
            .values(failures=ATTEMPTS.c.failures - 1, locked_until=None)
        )


def _keys(email: str, address: str) -> tuple[tuple[str, Budget], tuple[str, Budget]]:
    account = f"account:{email.strip().lower()[:254]}"
    return (account, ACCOUNT), (f"address:{_network(address)}", ADDRESS)


def _network(address: str) -> str:
    """The address, or of IPv6 the network, within which one may take any address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    return str(ipaddress.ip_network((known, IPV6_NETWORK), strict=False))


def _count(connection: Connection, keys: tuple[tuple[str, Budget], ...]) -> None:
    now = now_text()
    rows = {}
    for key, _budget in keys:
        query = select(ATTEMPTS).where(ATTEMPTS.c.attempt_key == key).with_for_update()
        rows[key] = connection.execute(query).mappings().first()
    locks = [str(row["locked_until"]) for row in rows.values() if row and row["locked_until"]]
    if any(lock > now for lock in locks):
        raise _too_many(max(locks), now)
    for key, budget in keys:
        row = rows[key]
        is_recent = row is not None and str(row["failed_at"]) > now_text(
            hours=-budget.forgotten_hours
        )
        failures = (row["failures"] if row is not None and is_recent else 0) + 1
        values = {
            "failures": failures,
            "failed_at": now,
            "locked_until": _locked_until(failures, budget, now),
        }
        if values["locked_until"]:
            logger.warning("%s wrong tries: %s is locked for now.", failures, key)
        if row is None:
            connection.execute(insert(ATTEMPTS).values(attempt_key=key, **values))
        else:
            connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.attempt_key == key).values(values))
    oldest = now_text(hours=-max(ACCOUNT.forgotten_hours, ADDRESS.forgotten_hours))
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.failed_at < oldest))


def _locked_until(failures: int, budget: Budget, now: str) -> str | None:
    over = failures - budget.free
    if over < 0:
        return None
    seconds = min(budget.first * 2 ** min(over, 20), budget.longest)
    return text_of(moment_of(now) + timedelta(seconds=seconds))


def _too_many(until: str, now: str) -> TooManyTriesError:
    seconds = math.ceil((moment_of(until) - moment_of(now)).total_seconds())
    if seconds < SOON:
        words = ngettext(
            "Too many wrong tries. Try again in {count} second.",
            "Too many wrong tries. Try again in {count} seconds.",
            seconds,
        )
        return TooManyTriesError(words.format(count=seconds), seconds)
    minutes = math.ceil(seconds / 60)
    words = ngettext(
        "Too many wrong tries. Try again in {count} minute.",
        "Too many wrong tries. Try again in {count} minutes.",
        minutes,
    )
    return TooManyTriesError(words.format(count=minutes), seconds)
