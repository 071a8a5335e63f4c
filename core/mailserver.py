"""Where letters are handed over: an SMTP server, as `SMTP_URL` names it."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


class Encryption(StrEnum):
    """How the conversation is kept from others' eyes. Certificates are always checked."""

    FROM_THE_START = "from the start"  # smtps://
    REQUIRED = "required"  # STARTTLS, or no letter goes out
    OFFERED = "offered"  # STARTTLS where the server offers it
    NEVER = "never"  # for a server on the same machine or network


@dataclass(frozen=True)
class MailServer:
    """One SMTP server and how to speak to it."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read `smtp://user:password@host:587` or `smtps://…`; `?tls=required`, `offered` or `never` for `smtp`.

        A password is never sent in the clear to another machine: with one, encryption is required unless the
        server is on this machine. Raises `ValueError` with a sentence.
        """
        place = urlsplit(url)
        if place.scheme not in PORTS or not place.hostname:
            raise ValueError("must look like smtp://user:password@host:587 or smtps://user:password@host:465")
        if place.path not in ("", "/"):
            raise ValueError("has something after the host: escape / in a user or password as %2F, @ as %40")
        if bool(place.username) != bool(place.password):
            raise ValueError("names a user without a password, or a password without a user")
        return cls(
            host=place.hostname,
            port=_port(url) or PORTS[place.scheme],
            encryption=_encryption(place.scheme, place.query, place.hostname, bool(place.username)),
            user=unquote(place.username or ""),
            password=unquote(place.password or ""),
        )


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise ValueError("has a port that is no number from 1 to 65535") from None


def _encryption(scheme: str, query: str, host: str, has_password: bool) -> Encryption:
    options = dict(parse_qsl(query, keep_blank_values=True))
    asked = options.pop("tls", "")
    if options:
        raise ValueError(f"has an option that is not known: {', '.join(options)}. The only one is tls")
    if scheme == "smtps":
        if asked:
            raise ValueError("needs no tls option: smtps is encrypted from the start")
        return Encryption.FROM_THE_START
    if asked not in ("", Encryption.REQUIRED, Encryption.OFFERED, Encryption.NEVER):
        raise ValueError("takes as tls one of required, offered and never")
    if has_password and not _on_this_machine(host):
        if asked and asked != Encryption.REQUIRED:
            raise ValueError(f"would send the password in the clear with tls={asked}: leave that out")
        return Encryption.REQUIRED
    return Encryption(asked or Encryption.OFFERED)


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
