"""Notices: put once, sent by a real mail server, kept while it is away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import Message as Mail

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler
from click.testing import CliRunner

from observatory.cli import main
from observatory.config import Settings
from observatory.errors import WorkspaceError
from observatory.pages.plan_data import PlanReader
from observatory.pages.reminders import put_reminders
from observatory.store.warehouse import Store
from observatory.workspace.accounts import set_notices
from observatory.workspace.engine import Workspace
from observatory.workspace.outbox import Message, put, send_waiting, waiting
from observatory.workspace.people import Role
from tests.people import account
from tests.plan_people import acting, begun, owner, take
from tests.serving import free_port

DAY = date(2026, 11, 23)


class Inbox(MailHandler):
    """What a mail server took."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mailing(here: Settings, inbox: Inbox) -> Iterator[Settings]:
    """Settings with a mail server that is there."""
    port = free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield replace(here, smtp_host="127.0.0.1", smtp_port=port, mail_from="plan@example.org")
    server.stop()


def test_a_digest_names_all_that_is_owed_and_is_sent_once(
    workspace: Workspace, store: Store, mailing: Settings, inbox: Inbox
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author)
    take(workspace, author, lead, update_id, 1, "submit")
    reader = PlanReader(workspace)
    assert put_reminders(store, workspace, reader, mailing, DAY) == 2
    assert put_reminders(store, workspace, reader, mailing, DAY) == 0
    assert send_waiting(workspace, mailing).sent == 2
    assert send_waiting(workspace, mailing).sent == 0
    mails = {mail["To"]: mail for mail in inbox.mails}
    words = mails[author.email].get_payload()
    assert "- overdue since 31 Dec 2023: Particles in the air" in words
    assert "http://127.0.0.1:8050/queue" in words
    assert "- waits for your review: People taught" in mails[lead.email].get_payload()
    assert mails[lead.email]["Subject"] == "2 things wait for you"
    assert mails[lead.email]["From"] == "plan@example.org"


def test_a_figure_is_told_when_due_when_overdue_and_then_to_leadership_each_once(
    workspace: Workspace, store: Store, mailing: Settings, inbox: Inbox
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    reader = PlanReader(workspace)
    sent: dict[date, list[tuple[str, str]]] = {}
    for day in (
        date(2023, 12, 30),
        date(2023, 12, 31),  # a year after the last figures
        date(2024, 1, 1),
        date(2024, 12, 30),
        date(2024, 12, 31),  # more than two years after them
        date(2025, 1, 1),
    ):
        put_reminders(store, workspace, reader, mailing, day)
        send_waiting(workspace, mailing)
        lines = [
            (str(mail["To"]), line)
            for mail in inbox.mails
            for line in str(mail.get_payload()).splitlines()
            if line.startswith("- ") and "People" in line
        ]
        sent[day] = lines
        inbox.mails.clear()
    due_line = "- due since 31 Dec 2023: People taught"
    overdue_line = "- overdue since 31 Dec 2023: People taught"
    escalated_line = "- overdue at its owner since 31 Dec 2023: People taught"
    assert [sorted(lines) for lines in sent.values()] == [
        [],
        [(author.email, due_line)],
        [],
        [],
        sorted([(author.email, overdue_line), (lead.email, escalated_line)]),
        [],
    ]


def test_an_update_that_comes_back_twice_is_told_twice(
    workspace: Workspace, store: Store, here: Settings
) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    reader = PlanReader(workspace)
    day = date(2023, 1, 1)  # nothing is due
    update_id = begun(workspace, author)
    for version in (1, 3):
        take(workspace, author, lead, update_id, version, "submit")
        take(workspace, author, lead, update_id, version + 1, "return_to_author")
        for put_anew in (1, 0, 0):
            assert put_reminders(store, workspace, reader, here, day) == put_anew
            day += timedelta(days=1)
    assert [str(one["words"]).count("came back") for one in waiting(workspace)] == [1, 1]


def test_who_wants_no_notices_gets_none(workspace: Workspace) -> None:
    person = account(workspace)
    set_notices(workspace, acting(person), wanted=False)
    assert not put(workspace, Message("k", person, "s", "w"))
    assert waiting(workspace) == []


def test_what_cannot_be_sent_waits(workspace: Workspace, here: Settings, mailing: Settings) -> None:
    person = account(workspace)
    assert put(workspace, Message("k", person, "s", "w"))
    away = replace(here, smtp_host="127.0.0.1", smtp_port=free_port())
    with pytest.raises(WorkspaceError, match="cannot be reached"):
        send_waiting(workspace, away)
    assert len(waiting(workspace)) == 1
    assert send_waiting(workspace, mailing).sent == 1
    assert waiting(workspace) == []


def test_the_program_reminds(here: Settings, mailing: Settings, inbox: Inbox) -> None:
    workspace = Workspace(here)
    author = owner(workspace)
    workspace.close()
    done = CliRunner().invoke(main, ["remind"], env=mailing.as_variables())
    assert done.exit_code == 0, done.output
    assert "Put into the outbox: 1" in done.output
    assert "Sent: 1; waiting: 0" in done.output
    assert [mail["To"] for mail in inbox.mails] == [author.email]
    without = CliRunner().invoke(main, ["remind"], env=here.as_variables())
    assert "set OBSERVATORY_SMTP_HOST" in without.output
