"""Signing in with an OpenID provider: authorization code with PKCE, state and nonce, by Authlib.

Between going and coming back the browser keeps one secret in a cookie that no script reads.
State, nonce and PKCE verifier are made of it, so a code that another browser asked for, or that
was asked for another time, is of no use. Nothing of it is kept here.
"""

import base64
import hashlib
import hmac
import threading
from dataclasses import dataclass
from functools import cached_property

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from joserfc.errors import JoseError
from sqlalchemy import Connection, select, update

from observatory.config import Settings
from observatory.errors import InputError, SignInError
from observatory.language import gettext as _
from observatory.workspace.accounts import (
    Grant,
    add_account,
    person_of,
    plain_email,
    plain_person_name,
)
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.ledger import recorded
from observatory.workspace.people import Actor, Person, Role
from observatory.workspace.tables import PEOPLE

TIMEOUT_SECONDS = 10
SCOPE = "openid email profile"


@dataclass(frozen=True)
class Handshake:
    """What ties the way to the provider to the way back, all made of one secret."""

    secret: str

    @cached_property
    def state(self) -> str:
        """Comes back with the code: the answer belongs to this browser's question."""
        return self._made("state")

    @cached_property
    def nonce(self) -> str:
        """Stands in the ID token: the token was made for this question."""
        return self._made("nonce")

    @cached_property
    def verifier(self) -> str:
        """Shown to the provider with the code: whoever asked for the code redeems it."""
        return self._made("verifier")

    def _made(self, purpose: str) -> str:
        digest = hmac.digest(self.secret.encode(), purpose.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True)
class Identity:
    """Who somebody is to the provider."""

    issuer: str
    subject: str
    email: str
    email_is_verified: bool
    name: str


class Provider:
    """The OpenID provider of the settings; asked for the first time when somebody uses it."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer.rstrip("/")
        self._lock = threading.Lock()
        self._client = FlaskOAuth2App(
            FlaskIntegration("provider"),
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
            },
        )

    def require_answer(self) -> None:
        """Check that the provider answers, and as the issuer it should be.

        Raises:
            SignInError: it does not.
        """
        try:
            self._require_own_issuer()
        except (requests.RequestException, AuthlibBaseError, RuntimeError, ValueError) as error:
            raise _no_answer() from error

    def address(self, handshake: Handshake, back: str) -> str:
        """Where the browser goes to sign in, and from where it comes back to `back`.

        Raises:
            SignInError: the provider does not answer as one.
        """
        self.require_answer()
        try:
            asked = self._client.create_authorization_url(
                back,
                state=handshake.state,
                nonce=handshake.nonce,
                code_verifier=handshake.verifier,
            )
        except (AuthlibBaseError, RuntimeError, ValueError) as error:
            raise _no_answer() from error
        return str(asked["url"])

    def identity(self, handshake: Handshake, *, code: str, state: str, back: str) -> Identity:
        """Who has come back, by the provider's signed word.

        Raises:
            SignInError: the answer is not to the question this browser asked, or is not signed
                by the provider for this server, or the provider does not answer.
        """
        if not hmac.compare_digest(handshake.state.encode(), state.encode()):
            raise _not_our_question()
        try:
            self._require_own_issuer()
            token = self._client.fetch_access_token(
                back, code=code, code_verifier=handshake.verifier
            )
            claims = self._client.parse_id_token(
                token,
                nonce=handshake.nonce,
                claims_options={
                    "iss": {"essential": True, "value": self._stated_issuer()},
                    "aud": {"essential": True, "value": self._client.client_id},
                },
            )
            if claims is None:
                raise _not_our_question()
            more = claims if "email" in claims else self._userinfo(token, claims["sub"])
        except requests.RequestException as error:
            raise _no_answer() from error
        except (AuthlibBaseError, JoseError, KeyError, RuntimeError, ValueError) as error:
            raise _not_our_question() from error
        return Identity(
            issuer=self.issuer,
            subject=str(claims["sub"]),
            email=str(more.get("email") or ""),
            email_is_verified=more.get("email_verified") is True,
            name=str(more.get("name") or more.get("email") or ""),
        )

    def _userinfo(self, token: dict[str, object], subject: str) -> dict[str, object]:
        """What the provider tells of the person beside the ID token; of this person only."""
        more: dict[str, object] = self._client.userinfo(token=token)
        if more.get("sub") != subject:
            raise _not_our_question()
        return more

    def _stated_issuer(self) -> str:
        return str(self._client.load_server_metadata()["issuer"])

    def _require_own_issuer(self) -> None:
        """Check that the document at the issuer's address is the issuer's own."""
        with self._lock:
            stated = str(self._client.load_server_metadata().get("issuer", ""))
        if stated.rstrip("/") != self.issuer:
            raise ValueError(f"expected the issuer {self.issuer}, found {stated}")


def person_by_identity(workspace: Workspace, identity: Identity, *, address: str) -> Person:
    """The person somebody is to the provider: by issuer and subject, else by verified e-mail.

    Who is new gets an account with the public role, for an administrator to raise.

    Raises:
        SignInError: the account is closed, or the provider gives no verified e-mail address.
    """
    with reading(workspace) as connection:
        person_id = _known(connection, identity)
        person = None if person_id is None else person_of(connection, person_id)
    if person_id is not None and person is None:
        raise SignInError(_("This account is closed. Ask an administrator."))
    if person is not None:
        return person
    return _joined(workspace, identity, address)


def _joined(workspace: Workspace, identity: Identity, address: str) -> Person:
    """The account of a verified e-mail address, from now on known by issuer and subject."""
    try:
        email = plain_email(identity.email) if identity.email_is_verified else ""
        name = plain_person_name(identity.name or email)
    except InputError:
        email = ""
    if not email:
        raise SignInError(
            _("The provider gives no e-mail address that it has verified. Ask an administrator.")
        )
    actor = Actor(Person("", name, email, Role.PUBLIC), address)
    known_by = {"oidc_issuer": identity.issuer, "oidc_subject": identity.subject}
    with recorded(
        workspace,
        actor,
        action="person.join_provider",
        subject=f"person:{email}",
        old=None,
        new=dict(known_by),
        why="",
    ) as connection:
        query = select(PEOPLE).where(PEOPLE.c.email == email)
        row = connection.execute(query).mappings().first()
        if row is None:
            grant = Grant(Role.PUBLIC)
            person_id = add_account(connection, name=name, email=email, grant=grant)
        elif row["disabled_at"] is not None or row["oidc_subject"] is not None:
            raise SignInError(
                _("The account with this address is closed, or another's. Ask an administrator.")
            )
        else:
            person_id = row["person_id"]
        connection.execute(update(PEOPLE).where(PEOPLE.c.person_id == person_id).values(**known_by))
        person = person_of(connection, person_id)
    if person is None:
        raise SignInError(_("This account is closed. Ask an administrator."))
    return person


def _known(connection: Connection, identity: Identity) -> str | None:
    query = select(PEOPLE.c.person_id).where(
        PEOPLE.c.oidc_issuer == identity.issuer, PEOPLE.c.oidc_subject == identity.subject
    )
    return connection.execute(query).scalar_one_or_none()


def _no_answer() -> SignInError:
    return SignInError(
        _("The sign-in provider does not answer now. Try again, or use your password.")
    )


def _not_our_question() -> SignInError:
    return SignInError(
        _("This answer of the sign-in provider cannot be used. Begin again from this page.")
    )
