"""Where we may connect to: public addresses, and what a demonstration puts in their place.

Here belong the rules on addresses: which URLs can be asked for at all, and which of a host's addresses are public.
A name is resolved once, every address is checked, and those very addresses are connected to, so a name that
resolves differently a moment later gains nothing. Not here: connecting (`wire`) and robots.txt.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from archive.codes import Outcome
from archive.fetch.exchange import FetchError

_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CLOSED: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = (
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays from IPv4 to IPv6 (6to4): given up, leads anywhere
    ipaddress.IPv6Network("2002::/16"),  # the same from the other side: open or not by the version of Python
    ipaddress.IPv4Network("168.63.129.16/32"),  # a public number at which one cloud serves its machines' secrets
    ipaddress.IPv6Network("3fff::/20"),  # for documentation; Python 3.11 does not know it yet
)
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff\u2028\u2029]")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)

Address = tuple[str, int]
"""An IP address in its usual spelling, and a port."""


def url_refusal(url: str) -> str | None:
    """Why `url` is never asked for, in words; None where it may be (its host is checked when connecting)."""
    if _CONTROL_OR_SPACE.search(url):
        return "the address holds spaces or control characters"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "this is no web address"
    if parts.scheme not in {"http", "https"}:
        return f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}"
    if not host or port == 0:
        return "the address names no host that can be reached"
    if "@" in parts.netloc:
        return "addresses with a user name or a password are not fetched"
    return None


def address_refusal(address: str) -> str | None:
    """Why the IP address `address` is not connected to, in words; None where it is public."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    for inner in (ip, *_embedded(ip)):
        if inner.is_loopback:
            return f"{address} is a loopback address"
        if inner.is_link_local:
            return f"{address} is a link-local address (machines keep their secrets there)"
        if inner.is_multicast or inner.is_unspecified or not inner.is_global or _is_closed(inner):
            return f"{address} is a private or reserved address"
    return None


def _is_closed(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if ip.version == 6 and ip not in _PUBLIC_V6 and ip not in _NAT64:
        return True
    return any(ip in network for network in _CLOSED if network.version == ip.version)


def _embedded(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that a translator on the way would make of an IPv6 address."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    last = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or (int(ip) >> 32) & 0xFFFF == 0x5EFE:  # the second: ISATAP
        found.append(last)
    return [inner for inner in found if inner is not None]


def _system_lookup(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Resolver:
    """Finds the addresses that may be connected to for a host.

    Attributes:
        overrides: host name → loopback address and port that stand in for it, as demonstrations and tests need.
            Nothing else is ever reached on loopback or in a private network.
        lookup: host and port → IP addresses; the system's resolver if not given.
    """

    overrides: Mapping[str, Address] = field(default_factory=dict)
    lookup: Callable[[str, int], list[str]] = _system_lookup

    def __post_init__(self) -> None:
        for host, (address, _) in self.overrides.items():
            if not ipaddress.ip_address(address).is_loopback:
                raise ValueError(f"{host}: only a loopback address can stand in for a host, not {address}")

    def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses to try for `host`, in order; each has been checked.

        Raises:
            FetchError: `host_unresolved`, or `address_refused` where any of its addresses is not public.
        """
        name = host.strip("[]").rstrip(".").lower()
        if name in self.overrides:
            return [self.overrides[name]]
        found = [name] if _is_literal(name) else self._look_up(name, port)
        for address in found:
            refusal = address_refusal(address)
            if refusal:
                raise FetchError(Outcome.ADDRESS_REFUSED, refusal)
        return [(address, port) for address in found]

    def _look_up(self, name: str, port: int) -> list[str]:
        # 2130706433, 0x7f.1 and 0177.0.0.1 are spellings of 127.0.0.1 that only those use who have something to hide.
        if _NUMERIC_LABEL.fullmatch(name.rpartition(".")[2]):
            raise FetchError(Outcome.ADDRESS_REFUSED, f"{name} is an unusual spelling of an IP address")
        try:
            found = self.lookup(name, port)
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no host name"
            raise FetchError(Outcome.HOST_UNRESOLVED, f"{name}: {reason}") from None
        if not found:
            raise FetchError(Outcome.HOST_UNRESOLVED, f"{name}: it has no address")
        return found


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
