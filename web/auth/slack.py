"""Sign in with Slack: OpenID Connect's authorization code flow, with state, nonce and PKCE (RFC 7636).

What belongs to one attempt is kept by the browser that makes it, in a signed cookie: nobody can be signed in by an
address that somebody else prepared. Slack's word on who came is fetched from Slack itself, over TLS; its signature is
therefore not looked at (OpenID Connect Core 1.0, 3.1.3.7, 6), but everything that it says is. Slack's page on
`openid.connect.token` does not name PKCE: should Slack pass it over, state and nonce still hold.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from core.config import Settings
from core.rules.sign_ins import LINK_LASTS

PATIENCE = 5.0
TEAM, USER = "https://slack.com/team_id", "https://slack.com/user_id"
LEEWAY = 60
"""Seconds by which clocks may differ."""


class NotSignedIn(Exception):
    """Slack, or the way back from it, did not show who this is. The message is for the log."""


@dataclass(frozen=True)
class Account:
    """Who somebody is in Slack."""

    team_id: str
    user_id: str


@dataclass(frozen=True)
class Attempt:
    """What one attempt is recognised by when it comes back."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """What Slack keeps of the verifier, which it asks for at the end."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


class SlackSignIn:
    """The flow for one installation, if it has a client id and secret."""

    def __init__(self, settings: Settings, back: str) -> None:
        self._id, self._secret = settings.slack_client_id, settings.slack_client_secret.get_secret_value()
        place = urlsplit(settings.slack_api_url)
        self._issuer = f"{place.scheme}://{place.netloc}"
        self._token_url = f"{settings.slack_api_url.rstrip('/')}/openid.connect.token"
        self._back = f"{settings.public_url.rstrip('/')}{back}"
        self._secure = settings.by_https
        self._signer = URLSafeTimedSerializer(settings.secret_key.get_secret_value(), salt="sign in with Slack")

    @property
    def is_on(self) -> bool:
        """Whether it is set up."""
        return bool(self._id and self._secret)

    @property
    def _cookie(self) -> str:
        return "__Host-ithaca-slack" if self._secure else "ithaca-slack"

    def begin(self, answer: Response) -> str:
        """Where to send the browser; it keeps the attempt until it comes back, for ten minutes."""
        attempt = Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))
        answer.set_cookie(
            self._cookie,
            self._signer.dumps([attempt.state, attempt.nonce, attempt.verifier]),
            max_age=int(LINK_LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._secure,
        )
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._id,
            "redirect_uri": self._back,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._issuer}/openid/connect/authorize?{urlencode(asked)}"

    def end(self, answer: Response) -> None:
        """Have the browser forget the attempt: each comes back once."""
        answer.delete_cookie(self._cookie, httponly=True, samesite="lax", secure=self._secure)

    def who(self, request: Request, now: datetime) -> Account:
        """Who came back from Slack. Raises `NotSignedIn`."""
        attempt = self._attempt(request.cookies.get(self._cookie, ""))
        said = request.query_params
        if not hmac.compare_digest(said.get("state", "").encode(), attempt.state.encode()):
            raise NotSignedIn("another state")
        if not said.get("code"):
            raise NotSignedIn("no code")
        return self._account(self._token(said["code"], attempt), attempt, now)

    def _attempt(self, cookie: str) -> Attempt:
        try:
            return Attempt(*self._signer.loads(cookie, max_age=int(LINK_LASTS.total_seconds())))
        except BadSignature:
            raise NotSignedIn("no attempt of this browser") from None

    def _token(self, code: str, attempt: Attempt) -> dict[str, Any]:
        """What Slack says of who came, for this code."""
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "client_id": self._id,
            "client_secret": self._secret,
            "code_verifier": attempt.verifier,
        }
        try:
            answer = httpx.post(self._token_url, data=sent, timeout=PATIENCE).raise_for_status().json()
            body = answer["id_token"].split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        except (httpx.HTTPError, ValueError, KeyError, IndexError, AttributeError, TypeError, binascii.Error) as error:
            raise NotSignedIn(f"no token: {error.__class__.__name__}") from None
        if not isinstance(claims, dict):
            raise NotSignedIn("no claims")
        return claims

    def _account(self, claims: dict[str, Any], attempt: Attempt, now: datetime) -> Account:
        wanted = {"iss": self._issuer, "aud": self._id, "nonce": attempt.nonce}
        wrong = [name for name, value in wanted.items() if claims.get(name) != value]
        expires = claims.get("exp")
        if not isinstance(expires, int | float) or expires + LEEWAY < now.timestamp():
            wrong.append("exp")
        team, user = claims.get(TEAM), claims.get(USER)
        if not (isinstance(team, str) and isinstance(user, str)):
            wrong.append("team or user")
        if wrong:
            raise NotSignedIn(f"not what was asked for: {', '.join(wrong)}")
        return Account(str(team), str(user))
