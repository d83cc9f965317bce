"""People at the keyboard of a browser: signed in, with every key they press counted."""

from playwright.sync_api import Browser, Locator, Page, expect

from observatory.workspace.accounts import Grant, add_account, person_of
from observatory.workspace.engine import Workspace, writing
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.sessions import start_session

SKIP_LINK = "Skip to content"
INITIATIVES = frozenset({"use", "pilots", "c4gh", "egi", "cmc", "lle"})


def owner_of(workspace: Workspace, name: str = "Olu Owner") -> Person:
    grant = Grant(Role.PROGRAMME_OWNER, initiative_ids=INITIATIVES)
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    with writing(workspace) as connection:
        added = add_account(connection, name=name, email=email, grant=grant)
        person = person_of(connection, added)
    assert person is not None
    return person


def page_of(browser: Browser, address: str, workspace: Workspace, person: Person) -> Page:
    token = start_session(workspace, Actor(person, "127.0.0.1"), agent="test", how="test")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "session", "value": token, "url": address}])
    return context.new_page()


class Keys:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def tab_to(self, control: Locator, *, most: int) -> None:
        """Go on with the tab key until a control has the focus, by so many presses at most."""
        expect(control).to_be_visible()
        for _turn in range(most):
            self.press("Tab")
            if control.evaluate("own => own === document.activeElement"):
                return
        raise AssertionError(f"{control} is not reached by {most} presses of Tab")

    def skip_to_content(self) -> None:
        """Take the first link of the page, past the frame."""
        self.tab_to(self.page.get_by_role("link", name=SKIP_LINK), most=1)
        self.press("Enter")
