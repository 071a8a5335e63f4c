"""Keys that open something to whoever holds them: random, and stored as their hash alone."""

import hashlib
import secrets


def new_key() -> str:
    """256 random bits, as text that an address may hold."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> bytes:
    """What is stored of a key. Of 256 random bits a plain hash gives nothing away."""
    return hashlib.sha256(key.encode()).digest()
