"""The demonstration's server: lasting connections, validators, gzip, and a clean end."""

import datetime as dt
import gzip
import http.client
import re
from collections.abc import Iterator

import pytest

from archive.demo import server
from archive.demo.site import HOST, Resource, pages


@pytest.fixture
def connection() -> Iterator[http.client.HTTPConnection]:
    with server.serving() as (host, port):
        client = http.client.HTTPConnection(host, port, timeout=20)
        yield client
        client.close()


def ask(
    client: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = client.getresponse()
    return response, response.read()


def test_one_connection_serves_the_whole_site(connection: http.client.HTTPConnection) -> None:
    ask(connection, "/")
    first = connection.sock
    for path, resource in pages().items():
        response, body = ask(connection, path, Host=f"{HOST}:8080")
        if resource.moved_to:
            assert (response.status, body, response.headers["Location"]) == (301, b"", resource.moved_to)
            continue
        assert (response.status, body) == (200, resource.body)
        assert response.headers["Content-Type"] == f"{resource.mime}; charset=utf-8"
    assert connection.sock is first


def test_an_unknown_path_is_a_404_with_a_page(connection: http.client.HTTPConnection) -> None:
    response, body = ask(connection, "/long-table/day-bus/", If_None_Match="*")
    assert response.status == 404
    assert b"There is no page at this address" in body
    assert b"canonical" not in body
    assert response.headers["ETag"] is None


def test_a_query_is_not_part_of_the_path(connection: http.client.HTTPConnection) -> None:
    assert ask(connection, "/about/?from=letter")[1] == pages()["/about/"].body


def test_head_promises_the_length_and_sends_nothing(connection: http.client.HTTPConnection) -> None:
    response, body = ask(connection, "/", "HEAD")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(pages()["/"].body))
    assert ask(connection, "/")[0].status == 200


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_known_etag_is_answered_304(connection: http.client.HTTPConnection, encoding: str) -> None:
    etag = ask(connection, "/", Accept_Encoding=encoding)[0].headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response, body = ask(connection, "/", Accept_Encoding=encoding, If_None_Match=known)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == etag
    assert ask(connection, "/", Accept_Encoding=encoding, If_None_Match='"other"')[0].status == 200


def test_an_unchanged_page_is_answered_304_by_date(connection: http.client.HTTPConnection) -> None:
    changed = ask(connection, "/")[0].headers["Last-Modified"]
    assert changed == "Tue, 28 May 2024 07:30:00 GMT"
    statuses = {
        since: ask(connection, "/", If_Modified_Since=since)[0].status
        for since in (changed, "Mon, 27 May 2024 07:30:00 GMT", "Tue, 28 May 2024 07:30:00 -0000", "yesterday")
    }
    assert list(statuses.values()) == [304, 200, 200, 200]


def test_the_etag_decides_where_the_date_says_otherwise(connection: http.client.HTTPConnection) -> None:
    changed = ask(connection, "/")[0].headers["Last-Modified"]
    assert ask(connection, "/", If_Modified_Since=changed, If_None_Match='"other"')[0].status == 200


@pytest.mark.parametrize(
    ("header", "packed"),
    [("gzip, deflate", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("deflate", False), ("", False)],
)
def test_gzip_is_sent_to_those_who_accept_it(connection: http.client.HTTPConnection, header: str, packed: bool) -> None:
    response, body = ask(connection, "/", Accept_Encoding=header)
    assert response.headers["Content-Encoding"] == ("gzip" if packed else None)
    assert response.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(body) if packed else body) == pages()["/"].body
    assert ask(connection, "/", Accept_Encoding=header)[1] == body


def test_altered_pages_are_served_as_they_are_now() -> None:
    day = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
    altered = {"/": Resource(b"\x00\x01", "application/octet-stream", day)}
    with server.serving(altered) as (host, port):
        client = http.client.HTTPConnection(host, port, timeout=20)
        response, body = ask(client, "/")
        assert (body, response.headers["Content-Type"]) == (b"\x00\x01", "application/octet-stream")
        etag = response.headers["ETag"]
        altered["/"] = Resource(b"new", "text/plain", day)
        response, body = ask(client, "/", If_None_Match=etag)
        assert (response.status, body) == (200, b"new")
        client.close()


def test_closing_ends_connections_that_are_still_open(capfd: pytest.CaptureFixture[str]) -> None:
    with server.serving() as (host, port):
        client = http.client.HTTPConnection(host, port, timeout=20)
        assert ask(client, "/")[0].status == 200
    assert client.sock.recv(1) == b""
    client.close()
    assert capfd.readouterr() == ("", "")


def test_other_methods_are_refused(connection: http.client.HTTPConnection) -> None:
    assert ask(connection, "/", "POST")[0].status == 501


def test_a_taken_port_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with server.serving() as (_, port):
        assert server.main(["--port", str(port)]) == 2
    assert capsys.readouterr().err.startswith(f"Port {port} cannot be used: ")


def test_ctrl_c_ends_the_preview(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archive.demo.server.time.sleep", interrupt)
    assert server.main([]) == 0
    assert re.fullmatch(r"The Lamplighter is at http://127\.0\.0\.1:\d+/ until Ctrl-C\.\n", capsys.readouterr().out)
