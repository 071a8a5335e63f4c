"""Slack's side of signing in, as far as its documentation tells: it recognises whoever `claims` say."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from web.auth.slack import TEAM, USER

ID, SECRET = "123.456", "the client's secret"


@dataclass
class SlackDouble:
    """One Slack. `claims` replaces what it says of who came; None leaves something out."""

    issuer: str
    team_id: str = "T0TEST"
    user_id: str = "U000001"
    now: float = 0
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)

    def app(self) -> FastAPI:
        """Its two addresses."""
        app = FastAPI()

        @app.get("/openid/connect/authorize")
        def authorize(request: Request) -> Response:
            self.asked = dict(request.query_params)
            self.codes.append("a-code")
            back = urlencode({"code": "a-code", "state": self.asked["state"]})
            return RedirectResponse(f"{self.asked['redirect_uri']}?{back}")

        @app.post("/api/openid.connect.token")
        def token(
            code: str = Form(),
            client_id: str = Form(),
            client_secret: str = Form(),
            redirect_uri: str = Form(),
            code_verifier: str = Form(),
        ) -> Response:
            digest = hashlib.sha256(code_verifier.encode()).digest()
            right = (
                code in self.codes
                and (client_id, client_secret, redirect_uri) == (ID, SECRET, self.asked["redirect_uri"])
                and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.asked["code_challenge"]
            )
            if not right:
                return JSONResponse({"ok": False, "error": "invalid_code"})
            self.codes.remove(code)
            return JSONResponse({"ok": True, "id_token": self._token()})

        return app

    def _token(self) -> str:
        says = {
            "iss": self.issuer,
            "sub": self.user_id,
            "aud": ID,
            "exp": self.now + 300,
            "nonce": self.asked["nonce"],
            TEAM: self.team_id,
            USER: self.user_id,
        } | self.claims
        parts = ({"alg": "RS256"}, {name: value for name, value in says.items() if value is not None})
        return ".".join(
            [*(base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts), "signature"]
        )
