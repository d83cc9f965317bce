"""Secrets that somebody holds: sessions, links, programs. The database keeps only hashes."""

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """A secret that nobody guesses, of letters, digits, - and _."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> str:
    """What is kept of a secret: enough to know it again, nothing to make it from."""
    return hashlib.sha256(token.encode()).hexdigest()
