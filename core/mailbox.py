"""An e-mail address with the name that stands before it."""

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Self


@dataclass(frozen=True)
class Mailbox:
    """Who a letter comes from, whom it goes to, or where an answer goes. The address is plain ASCII."""

    name: str
    address: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `Ithaca <ithaca@example.org>` or a bare address. Raises `ValueError` with a sentence."""
        if not text.isprintable():
            raise ValueError("must stand on one line")
        name, address = parseaddr(text)
        return cls(name, ascii_address(address))

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    def header(self) -> Address:
        """The form that `email.message` takes."""
        return Address(self.name, addr_spec=self.address)


def ascii_address(text: str) -> str:
    """The address as every mail server takes it: a domain such as `münchen.example` in its ASCII form.

    Raises `ValueError` for what is no address, and for letters beyond ASCII before the @, which few servers take.
    """
    local, _, domain = text.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode()}"
        if local and domain and Address(addr_spec=address).addr_spec == address:
            return address
    except (MessageError, ValueError, IndexError):
        pass
    raise ValueError("must look like Ithaca <ithaca@example.org>")
