"""Passwords: good enough by length and by what is tried first; kept as argon2 hashes."""

import pytest

from observatory.errors import InputError
from observatory.workspace.passwords import (
    LIST,
    hashed,
    is_right,
    require_good,
)

ABOUT = ("Ana María Okonkwo", "ana.okonkwo@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "ferry-lantern-oblique",
        "xK7#pQ2vLm9!wZ",
        "unsere Stadt am Wasser 9",
        "глина ветер окно стол",
        "地下鉄の窓から見えた青い屋根と猫",
        "a" * 6 + "bcdefgh tram window" + "z" * 100,
    ],
)
def test_a_good_password_is_taken(password: str) -> None:
    require_good(password, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "qwertyuiop12",
        "qwertyuiop[]",
        "passwordpassword",
        "Password1234!",
        "P@ssw0rd1234",
        "iloveyou2021!!",
        "abcdefghijkl",
        "lkjhgfdsaqwerty",
        "aaaaaaaaaaaaaa",
        "ababababababab",
        "undertaker12",
        "dragonmonkey",
        "metropolis2021",
        "Observatory!2026",
        "metropolis-observatory",
        "anaokonkwo1234",
        "ana.okonkwo@example.org",
        "okonkwo-okonkwo",
        "            ",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(InputError, match="tried first"):
        require_good(password, about=ABOUT)


def test_the_length_is_told() -> None:
    with pytest.raises(InputError, match="at least 12 characters, found 11"):
        require_good("kq7vz wmtpx")
    with pytest.raises(InputError, match="at most 200 characters, found 201"):
        require_good("kq7vz wmtpx jalopy ..." * 9 + "abc")


def test_a_short_limit_counts_characters_not_bytes() -> None:
    with pytest.raises(InputError, match="found 6"):
        require_good("地下鉄の窓と")


def test_every_listed_password_of_twelve_or_more_is_refused() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if len(line) >= 12 and not line.startswith("# ")]
    assert len(listed) > 300
    for password in listed:
        with pytest.raises(InputError):
            require_good(password)


def test_the_list_names_its_sources_and_licences() -> None:
    head = "".join(LIST.read_text(encoding="utf-8").splitlines(keepends=True)[:6])
    assert "MIT" in head
    assert "BSD-3-Clause" in head


def test_only_the_hash_is_kept_and_it_knows_its_password() -> None:
    kept = hashed("ferry-lantern-oblique")
    assert kept.startswith("$argon2id$")
    assert "ferry" not in kept
    assert is_right(kept, "ferry-lantern-oblique")
    assert not is_right(kept, "ferry-lantern-Oblique")


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert hashed("ferry-lantern-oblique") != hashed("ferry-lantern-oblique")


def test_characters_typed_another_way_are_the_same_password() -> None:
    assert is_right(hashed("cafe\u0301 lantern oblique"), "caf\u00e9 lantern oblique")


def test_a_password_longer_than_any_is_not_compared_by_its_beginning() -> None:
    longest = "kq7vz wmtpx jalopy ." * 10
    assert is_right(hashed(longest), longest)
    assert not is_right(hashed(longest), longest + "x")


def test_nobody_has_a_password_that_is_not_there() -> None:
    assert not is_right(None, "nobody has this password")
    assert not is_right("no hash", "ferry-lantern-oblique")
