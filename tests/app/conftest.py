"""Pages of people on both databases: what signs in, writes, reviews and administers."""

import pytest

from tests.postgres import DATABASES

ON_BOTH = {"test_admin", "test_decisions", "test_queue"}
SIGNING_IN_ON_BOTH = {  # each costs a database; the rest asks nothing that tests/workspace does not
    "test_the_right_password_opens_a_session",
    "test_wrong_passwords_lock_the_account_for_longer_and_longer",
    "test_a_lock_is_told_and_holds_in_every_worker",
    "test_every_sign_in_and_out_stands_in_the_trail",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run these tests on SQLite and on PostgreSQL."""
    module = metafunc.module.__name__.rpartition(".")[2]
    is_wanted = module in ON_BOTH or metafunc.function.__name__ in SIGNING_IN_ON_BOTH
    if is_wanted and "peopled" in metafunc.fixturenames:
        metafunc.parametrize("peopled", DATABASES, indirect=True)
