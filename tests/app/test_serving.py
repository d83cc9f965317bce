"""What the server answers before a request reaches the application."""

import json
import urllib.error
import urllib.request

import pytest

from observatory.config import Settings
from tests.serving import served


def test_an_address_that_is_too_long_is_refused_in_our_own_form(settings: Settings) -> None:
    with served(settings) as address, pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/api/v1/cities?region={'a' * 9_000}")
    with caught.value as refused:
        assert (refused.code, refused.headers["Content-Type"]) == (414, "application/problem+json")
        assert "8190 letters" in json.load(refused)["detail"]
