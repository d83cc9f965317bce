"""An invitation, the account and signing out, by keyboard alone; and what another site may not."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from observatory.config import Settings
from observatory.workspace.accounts import Grant
from observatory.workspace.links import OPERATOR, invite
from observatory.workspace.people import Role
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import RULES
from tests.people import PASSWORD, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _invited(settings: Settings, email: str, role: Role) -> str:
    with opened(settings) as workspace:
        _id, token = invite(workspace, OPERATOR, name="Ada Okoye", email=email, grant=Grant(role))
    return f"/welcome/{token}"


def is_accessible(page: Page) -> None:
    """Check a page by axe."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def _tab_to(page: Page, name: str) -> None:
    """Go on with the tab key until the control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"no control {name!r} is reached by keyboard")


def test_an_account_from_invitation_to_sign_out_without_a_mouse(
    visitor: Visitor, full_settings: Settings
) -> None:
    page = visitor.open(_invited(full_settings, "ada.one@example.org", Role.ADMIN))
    is_accessible(page)
    page.locator("#password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    is_accessible(page)
    for path in ("/admin", "/admin/audit", "/admin/view-as"):
        page.goto(visitor.address + path)
        is_accessible(page)
    page.goto(f"{visitor.address}/cities/montreal")
    expect(page.locator(".account-link").last).to_have_text("Ada Okoye")
    expect(page.locator("#frame-main h1")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 900})
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{visitor.address}/account")
    _tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.locator(".account-link").last).to_have_text("Sign in")


def test_a_form_of_another_site_is_refused_by_a_real_browser(
    visitor: Visitor, full_settings: Settings
) -> None:
    page = visitor.open(_invited(full_settings, "ada.two@example.org", Role.ANALYST))
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    other = visitor.context.new_page()
    other.set_content(
        f'<form method="post" action="{visitor.address}/account/sign-out-everywhere">'
        "<button>Win a prize</button></form>"
    )
    with other.expect_navigation() as navigation:
        other.get_by_role("button").click()
    assert navigation.value.status == 403
    expect(other.locator("#frame-main")).to_contain_text("another site")
    assert len(visitor.errors) == 1  # the browser itself reports the 403
    visitor.errors.clear()
    page.reload()
    expect(page.locator("h1")).to_have_text("Ada Okoye")
