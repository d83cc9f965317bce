"""The outbox: messages that are to be told once, kept until a mail server has taken them."""

import logging
import secrets
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from observatory.config import Settings
from observatory.errors import WorkspaceError
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import moment, recorded
from observatory.workspace.links import OPERATOR
from observatory.workspace.people import Person
from observatory.workspace.tables import OUTBOX, PEOPLE, REMINDERS_TOLD

logger = logging.getLogger(__name__)

MOST_TRIES = 10
TIMEOUT_SECONDS = 20
PROBLEM_LETTERS = 500


@dataclass(frozen=True)
class Message:
    """Something to be told to a person.

    Attributes:
        key: nothing of the same key is told twice.
        person: to whom. subject, words: what.
        items: keys of what it tells, which `told_items` knows from then on.
    """

    key: str
    person: Person
    subject: str
    words: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sending:
    """What came of sending: how many went out, and how many still wait."""

    sent: int
    waiting: int


def put(workspace: Workspace, message: Message) -> bool:
    """Put a message into the outbox; False where it is there already, or is not wanted.

    Raises:
        WorkspaceError: it cannot be written.
    """
    if not _wants_notices(workspace, message.person):
        return False
    message_id = secrets.token_hex(8)
    try:
        with recorded(
            workspace,
            OPERATOR,
            action="outbox.put",
            subject=f"message:{message_id}",
            new={"key": message.key, "person_id": message.person.person_id},
        ) as connection:
            connection.execute(
                insert(OUTBOX).values(
                    message_id=message_id,
                    message_key=message.key,
                    person_id=message.person.person_id,
                    email=message.person.email,
                    subject=message.subject,
                    words=message.words,
                    created_at=moment(),
                    tries=0,
                    problem="",
                )
            )
            told = {"person_id": message.person.person_id, "told_at": moment()}
            for item in message.items:
                connection.execute(insert(REMINDERS_TOLD).values(item_key=item, **told))
    except IntegrityError:
        return False
    return True


def told_items(workspace: Workspace, person: Person) -> frozenset[str]:
    """The keys of all that messages have told a person.

    Raises:
        WorkspaceError: it cannot be read.
    """
    query = select(REMINDERS_TOLD.c.item_key).where(REMINDERS_TOLD.c.person_id == person.person_id)
    with reading(workspace) as connection:
        return frozenset(connection.execute(query).scalars())


def _wants_notices(workspace: Workspace, person: Person) -> bool:
    query = select(PEOPLE.c.has_notices, PEOPLE.c.disabled_at).where(
        PEOPLE.c.person_id == person.person_id
    )
    with reading(workspace) as connection:
        row = connection.execute(query).first()
    return row is not None and bool(row.has_notices) and row.disabled_at is None


def waiting(workspace: Workspace) -> list[Mapping[str, object]]:
    """Messages that no server has taken yet, oldest first; given up after MOST_TRIES."""
    query = (
        select(OUTBOX)
        .where(OUTBOX.c.sent_at.is_(None), OUTBOX.c.tries < MOST_TRIES)
        .order_by(OUTBOX.c.created_at, OUTBOX.c.message_id)
    )
    with reading(workspace) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def send_waiting(workspace: Workspace, settings: Settings) -> Sending:
    """Give what waits to the mail server; what it does not take stays, with the reason.

    A message is marked as sent once the server has taken it: after a crash in between it may go
    out twice, but never not at all.

    Raises:
        WorkspaceError: no server is set, it cannot be reached, or the outbox cannot be read.
    """
    if not settings.smtp_host:
        raise WorkspaceError("Expected a mail server in OBSERVATORY_SMTP_HOST, found none.")
    messages = waiting(workspace)
    if not messages:
        return Sending(0, 0)
    sent = 0
    try:
        with _server(settings) as server:
            for row in messages:
                sent += _sent(workspace, settings, server, row)
    except (OSError, smtplib.SMTPException) as error:
        raise WorkspaceError(
            f"The mail server {settings.smtp_host}:{settings.smtp_port} cannot be reached: "
            f"{error}. {len(messages) - sent} messages wait."
        ) from error
    return Sending(sent, len(messages) - sent)


def _server(settings: Settings) -> smtplib.SMTP:
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    if settings.smtp_tls:
        server.starttls()
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)
    return server


def _sent(
    workspace: Workspace, settings: Settings, server: smtplib.SMTP, row: Mapping[str, object]
) -> int:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.mail_from, str(row["email"])
    mail["Subject"] = str(row["subject"])
    mail["Message-ID"] = f"<{row['message_id']}@observatory>"
    mail.set_content(str(row["words"]))
    problem = ""
    try:
        server.send_message(mail)
    except smtplib.SMTPResponseException as error:
        problem = f"{error.smtp_code} {error.smtp_error!r}"[:PROBLEM_LETTERS]
    except smtplib.SMTPRecipientsRefused as error:
        problem = str(error)[:PROBLEM_LETTERS]
    if problem:
        logger.warning("A message to %s was not taken: %s", row["email"], problem)
    _mark(workspace, row, problem)
    return 0 if problem else 1


def _mark(workspace: Workspace, row: Mapping[str, object], problem: str) -> None:
    now = moment()
    values: dict[str, object] = {"tries": int(str(row["tries"])) + 1, "problem": problem}
    values |= {} if problem else {"sent_at": now}
    with recorded(
        workspace,
        OPERATOR,
        action="outbox.try" if problem else "outbox.sent",
        subject=f"message:{row['message_id']}",
        new=values,
    ) as connection:
        connection.execute(
            update(OUTBOX).where(OUTBOX.c.message_id == row["message_id"]).values(**values)
        )
