"""Pages of people on both databases: what signs in, writes, reviews and administers."""

import pytest

from tests.postgres import DATABASES

ON_BOTH = {"test_admin", "test_decisions", "test_queue", "test_sign_in"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of these modules on SQLite and on PostgreSQL."""
    module = metafunc.module.__name__.rpartition(".")[2]
    if module in ON_BOTH and "peopled" in metafunc.fixturenames:
        metafunc.parametrize("peopled", DATABASES, indirect=True)
