"""The guard: which addresses are asked for, and which are connected to."""

import socket

import pytest

from archive.codes import Outcome
from archive.fetch.exchange import FetchError
from archive.fetch.guard import Resolver, address_refusal, url_refusal

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"]
CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.0.9",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:5db8:d70e::1",
    "2002:a00:1::1",
    "2606:4700::5efe:127.0.0.1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_connected_to(address: str) -> None:
    assert address_refusal(address) is None
    resolver = Resolver(lookup=lambda host, port: [address])
    assert resolver.addresses("www.example.test", 443) == [(address, 443)]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    resolver = Resolver(lookup=lambda host, port: [address])
    with pytest.raises(FetchError, match="address") as caught:
        resolver.addresses("www.example.test", 80)
    assert caught.value.outcome is Outcome.ADDRESS_REFUSED
    with pytest.raises(FetchError):
        resolver.addresses(f"[{address}]" if ":" in address else address, 80)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.0x1", "1.1.1.1.1", "08.8.8.8"]
)
def test_an_unusual_spelling_of_an_address_is_refused_without_being_looked_up(host: str) -> None:
    def lookup(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(FetchError) as caught:
        Resolver(lookup=lookup).addresses(host, 80)
    assert caught.value.outcome is Outcome.ADDRESS_REFUSED


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    resolver = Resolver(lookup=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        resolver.addresses("www.example.test", 80)


def test_a_host_is_looked_up_once_and_those_addresses_are_used() -> None:
    looked_up: list[str] = []

    def lookup(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["93.184.215.14", "2606:4700:4700::1111"]

    assert Resolver(lookup=lookup).addresses("WWW.example.test.", 80) == [
        ("93.184.215.14", 80),
        ("2606:4700:4700::1111", 80),
    ]
    assert looked_up == ["www.example.test"]


@pytest.mark.parametrize("failure", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_name_without_an_address_is_unresolved(failure: Exception) -> None:
    def lookup(host: str, port: int) -> list[str]:
        raise failure

    for resolver in (Resolver(lookup=lookup), Resolver(lookup=lambda host, port: [])):
        with pytest.raises(FetchError, match="nowhere") as caught:
            resolver.addresses("nowhere.test", 80)
        assert caught.value.outcome is Outcome.HOST_UNRESOLVED


def test_an_override_stands_in_for_its_host_and_for_no_other() -> None:
    resolver = Resolver({"www.example.test": ("127.0.0.1", 8080)}, lookup=lambda host, port: ["127.0.0.1"])
    assert resolver.addresses("WWW.Example.test", 80) == [("127.0.0.1", 8080)]
    for other in ("example.test", "localhost", "127.0.0.1"):
        with pytest.raises(FetchError, match="loopback"):
            resolver.addresses(other, 80)


@pytest.mark.parametrize("address", ["10.0.0.1", "93.184.215.14", "169.254.169.254"])
def test_only_loopback_can_stand_in_for_a_host(address: str) -> None:
    with pytest.raises(ValueError, match="only a loopback address"):
        Resolver({"www.example.test": (address, 80)})


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://www.example.test/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//www.example.test/", "without a scheme"),
        ("http:///path", "no host"),
        ("http://www.example.test:0/", "no host"),
        ("http://www.example.test:port/", "no web address"),
        ("http://[::1", "no web address"),
        ("http://me:secret@www.example.test/", "user name"),
        ("http://me@www.example.test/", "user name"),
        ("http://www.example.test/a b", "spaces"),
        ("http://www.example.test/\r\nX: y", "control"),
        ("http://www.example.test/\x00", "control"),
        ("http://www.example.test/\ud800", "control"),
    ],
)
def test_an_address_that_is_never_asked_for_has_a_reason(url: str, reason: str) -> None:
    assert reason in (url_refusal(url) or "")


@pytest.mark.parametrize("url", ["http://www.example.test", "https://www.example.test:8443/é?q=1#x", "HTTP://A.test/"])
def test_ordinary_addresses_are_asked_for(url: str) -> None:
    assert url_refusal(url) is None
