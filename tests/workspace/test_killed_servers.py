"""SIGKILL of the server at random moments of writing: nothing acknowledged is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus

from sqlalchemy import select

from observatory.config import Settings
from observatory.workspace.api_tokens import make_token
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import verify_chain
from observatory.workspace.tables import AUDIT, UPDATES
from tests.plan_people import acting, owner
from tests.serving import PROJECT, free_port, wait_until_alive

ROUNDS, WRITERS = 3, 6
LONGEST_SECONDS = 60  # until the writers of a round have written enough
CONTENT = {"period": "2023", "value": 60, "note": "counted"}
UPDATE = {"kind": "actual", "initiative_id": "course", "subject_id": "course-people"}


class _Acknowledged:
    """Ids of the updates that the server said it has, as writers hear of them."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._heard = threading.Condition()

    def add(self, update_id: str) -> None:
        with self._heard:
            self.ids.append(update_id)
            self._heard.notify_all()

    def wait_for(self, count: int) -> None:
        with self._heard:
            assert self._heard.wait_for(lambda: len(self.ids) >= count, LONGEST_SECONDS)


def _write(address: str, token: str, heard: _Acknowledged) -> None:
    """One update after the other, until the server is gone."""
    body = json.dumps({**UPDATE, "content": CONTENT, "submit": True}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}/api/v1/plan/updates", data=body, headers=headers)
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                assert answer.status == HTTPStatus.CREATED
                heard.add(json.load(answer)["update_id"])
        except (OSError, ValueError):  # cut off, in the middle of an answer perhaps
            return


def _killed_amid_writing(here: Settings, token: str, heard: _Acknowledged, count: int) -> None:
    """A server with its workers, killed once so many more updates were acknowledged."""
    here = replace(here, port=free_port(), workers=2)
    process = subprocess.Popen(
        [sys.executable, "-m", "observatory", "serve"],
        cwd=PROJECT,
        env={**os.environ, **here.as_variables()},
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{here.port}"
    try:
        wait_until_alive(address, process)
        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [pool.submit(_write, address, token, heard) for _ in range(WRITERS)]
            try:
                heard.wait_for(len(heard.ids) + count)
            finally:
                os.killpg(process.pid, signal.SIGKILL)
        for writer in writers:
            writer.result()
    finally:
        process.kill()
        process.wait(timeout=30)


def test_a_killed_server_has_every_update_it_acknowledged(
    here: Settings, workspace: Workspace
) -> None:
    token = make_token(workspace, acting(owner(workspace)), label="script", days=1)
    heard, chance = _Acknowledged(), random.Random(2021)
    for _round in range(ROUNDS):
        _killed_amid_writing(here, token, heard, chance.randrange(3, 30))
    with reading(workspace) as connection:
        held = dict(connection.execute(select(UPDATES.c.update_id, UPDATES.c.state)).all())
        told = connection.execute(select(AUDIT.c.action, AUDIT.c.subject)).all()
    assert {*heard.ids} <= {*held}
    assert {held[update_id] for update_id in heard.ids} == {"submitted"}
    assert len({*heard.ids}) == len(heard.ids)
    begun = {subject for action, subject in told if action == "update.start"}
    submitted = {subject for action, subject in told if action == "update.submit"}
    assert begun == {f"update:{update_id}" for update_id in held}
    assert submitted == {f"update:{one}" for one, state in held.items() if state == "submitted"}
    assert verify_chain(workspace).broken_at is None
