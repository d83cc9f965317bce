"""Links of pages to what Dash does not make are left to the browser; else: “Nothing here”."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from observatory.workspace.engine import Workspace
from observatory.workspace.people import Role
from tests.people import account, browser_of
from tests.plan_people import begun, owner, take
from tests.reading import page_answer

PATHS = (
    "/", "/atlas", "/explore", "/cities", "/cities/montreal", "/compare", "/network", "/inclusion",
    "/partners", "/needs", "/plan", "/plan/course", "/plan/course-people", "/plan/review", "/data",
    "/methods", "/search",
)  # fmt: skip
OWN_LINK = re.compile(r'<a ([^>]*href="(/[^"?#]*)[^>]*)>')
OF_DASH = {"/", "/<path:path>"}


@pytest.fixture
def reader(house: Flask, workspace: Workspace) -> FlaskClient:
    """A browser of leadership, in a house where an update waits."""
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    take(workspace, author, lead, begun(workspace, author), 1, "submit")
    return browser_of(house, workspace, lead)


def _is_left_alone(attributes: str) -> bool:
    return re.search(r'\b(rel="external"|download=|target=)', attributes) is not None


@pytest.mark.parametrize("path", PATHS)
def test_a_link_to_a_page_of_the_server_is_left_to_the_browser(
    house: Flask, reader: FlaskClient, path: str
) -> None:
    addresses = house.url_map.bind("localhost")
    answer = json.dumps(page_answer(reader, path), ensure_ascii=False).replace('\\"', '"')
    found = OWN_LINK.findall(answer)
    taken_over = [
        href
        for attributes, href in found
        if addresses.match(href)[0] not in OF_DASH and not _is_left_alone(attributes)
    ]
    assert taken_over == []
