"""The cookie that holds a session's key: out of reach of scripts, other sites and, with https, other hosts."""

from dataclasses import dataclass

from fastapi import Request, Response

from core.config import Settings
from core.rules.sign_ins import AT_MOST


@dataclass(frozen=True)
class SessionCookie:
    """The cookie of one installation. `__Host-` makes browsers insist on https, this host and the path `/`."""

    secure: bool

    @classmethod
    def of(cls, settings: Settings) -> "SessionCookie":
        """Secure where people reach us by https."""
        return cls(settings.by_https)

    @property
    def name(self) -> str:
        """The cookie's name."""
        return "__Host-ithaca-staff" if self.secure else "ithaca-staff"

    def read(self, request: Request) -> str | None:
        """The key that this browser holds."""
        return request.cookies.get(self.name) or None

    def give(self, response: Response, key: str) -> None:
        """Let this browser hold a key."""
        response.set_cookie(
            self.name, key, max_age=int(AT_MOST.total_seconds()), httponly=True, samesite="lax", secure=self.secure
        )

    def take(self, response: Response) -> None:
        """Have the browser forget its key."""
        response.delete_cookie(self.name, httponly=True, samesite="lax", secure=self.secure)
