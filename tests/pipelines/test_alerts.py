"""Telling somebody: by every way, on loopback, and never a secret in any message."""

import json
import socket
import socketserver
import threading
from contextlib import contextmanager

import pytest

from archive.codes import RoundtableError
from archive.home import Home
from pipelines import alerts, attention, steps, visits
from pipelines.alerts import Alert
from pipelines.opened import OpenedHome

ALERT = Alert("the run of ingest failed", "the disk is full\n")
SECRET = "s3cr3t-of-the-test"


def home_with(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)
    return Home.at(folder)


def test_nobody_is_told_where_nothing_is_set(tmp_path):
    assert alerts.send(Home.at(tmp_path), ALERT, {}).startswith("nobody is told")


def test_a_command_gets_the_words_and_no_secret(tmp_path):
    script = f"cat > {tmp_path}/told; env > {tmp_path}/env"
    home = home_with(tmp_path / "home", f'[alerts]\ncommand = ["sh", "-c", "{script}"]\n')
    environ = {"PATH": "/usr/bin:/bin", **dict.fromkeys(alerts.SECRETS, SECRET)}
    del environ[alerts.WEBHOOK]
    assert alerts.send(home, ALERT, environ) == "told by command"
    assert (tmp_path / "told").read_text() == ALERT.body
    shown = (tmp_path / "env").read_text()
    assert f"ROUNDTABLE_ALERT={ALERT.subject}" in shown
    assert SECRET not in shown


def test_a_webhook_gets_json_and_the_environment_goes_before_the_file(tmp_path, httpserver):
    httpserver.expect_oneshot_request(f"/{SECRET}", method="POST").respond_with_data("")
    home = home_with(tmp_path / "home", '[alerts]\nwebhook = "http://127.0.0.1:9/elsewhere"\n')
    assert alerts.send(home, ALERT, {alerts.WEBHOOK: httpserver.url_for(f"/{SECRET}")}) == "told by webhook"
    ((request, _),) = httpserver.log
    assert json.loads(request.get_data()) == {"subject": ALERT.subject, "body": ALERT.body, "home": str(home.root)}


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        in_data = False
        for line in self.rfile:
            self.server.lines.append(line.decode())
            word = line.strip().upper()
            if in_data:
                in_data = word != b"."
                if not in_data:
                    self.wfile.write(b"250 kept\r\n")
            elif word == b"DATA":
                in_data = True
                self.wfile.write(b"354 go on\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@contextmanager
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.daemon_threads = True
        server.lines = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_a_mail_is_sent(tmp_path):
    with mail_server() as server:
        host, port = server.server_address
        text = f'[alerts]\nemail = "me@example.org"\nsmtp = "{host}:{port}"\n'
        assert alerts.send(home_with(tmp_path / "home", text), ALERT, {}) == "told by mail"
        received = "".join(server.lines)
    assert "Subject: [roundtable] the run of ingest failed" in received
    assert "the disk is full" in received


@pytest.mark.parametrize(
    ("text", "environ"),
    [
        ("", {alerts.WEBHOOK: f"http://127.0.0.1:9/{SECRET}"}),
        ("", {alerts.WEBHOOK: f"not an address {SECRET}"}),
        (
            '[alerts]\nemail = "me@example.org"\nsmtp = "127.0.0.1:9"\n',
            {alerts.SMTP_USER: SECRET, alerts.SMTP_PASSWORD: SECRET},
        ),
        ('[alerts]\ncommand = ["sh", "-c", "echo $X >&2; exit 3"]\n', {"PATH": "/usr/bin:/bin", "X": SECRET}),
        ('[alerts]\ncommand = ["/no/such/program"]\n', {}),
    ],
)
def test_what_cannot_be_sent_is_one_line_without_the_secret(tmp_path, text, environ):
    with pytest.raises(RoundtableError) as met:
        alerts.send(home_with(tmp_path / "home", text), ALERT, environ)
    assert "alert_not_sent" in str(met.value)
    assert alerts.not_sent(Home.at(tmp_path / "home")) in str(met.value)
    assert SECRET not in str(met.value)
    assert met.value.__cause__ is None or SECRET not in str(met.value.__cause__)


@pytest.fixture
def deaf():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_whoever_hangs_keeps_nobody_else_from_being_told(tmp_path, httpserver, deaf, monkeypatch):
    monkeypatch.setattr(alerts, "_PATIENCE", 0.3)
    httpserver.expect_request("/", method="POST").respond_with_data("")
    ways = f'command = ["sleep", "60"]\nemail = "me@example.org"\nsmtp = "127.0.0.1:{deaf}"\n'
    home = home_with(tmp_path / "home", f'[alerts]\n{ways}webhook = "{httpserver.url_for("/")}"\n')
    with pytest.raises(RoundtableError, match="command: TimeoutExpired; mail: "):
        alerts.send(home, ALERT, {"PATH": "/usr/bin:/bin"})
    assert len(httpserver.log) == 1
    opened = OpenedHome(home.prepare())
    (line,) = attention.lines(opened, visits.plan(opened, steps.now()))
    assert line.startswith("could not be told: command: TimeoutExpired; mail: ")
    assert alerts.send(home_with(tmp_path / "home", '[alerts]\ncommand = ["true"]\n'), ALERT).startswith("told by")
    assert attention.lines(opened, visits.plan(opened, steps.now())) == []


def test_a_command_that_leaves_something_running_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(alerts, "_PATIENCE", 2.0)
    home = home_with(tmp_path / "home", '[alerts]\ncommand = ["sh", "-c", "sleep 5 & exit 0"]\n')
    assert alerts.send(home, ALERT, {"PATH": "/usr/bin:/bin"}) == "told by command"


@pytest.mark.parametrize(
    ("line", "met"),
    [
        ('password = "x"', "alerts.password"),
        ('command = "a b"', "a list of words"),
        ("command = []", "a list of words"),
        ("email = 5", "quotation marks"),
        ('smtp = "http://x/"', "HOST:PORT"),
        ('[site]\nurl = "archive.example.org"', "site.url"),
        ('[site]\ntitel = "x"', "site.titel"),
    ],
)
def test_a_wrong_setting_names_file_and_key(tmp_path, line, met):
    with pytest.raises(RoundtableError, match=met):
        home_with(tmp_path / "home", f"{'' if line.startswith('[') else '[alerts]'}\n{line}\n")


def test_what_is_overdue_is_told_with_its_reason(tmp_path):
    opened = OpenedHome(Home.at(tmp_path / "home").prepare())
    plan = visits.plan(opened, steps.now())
    assert alerts.of_state(attention.lines(opened, plan)) is None
    late = visits.Plan(plan.now.replace(year=plan.now.year + 1), plan.entries, plan.barred)
    found = alerts.of_state(attention.lines(opened, late))
    assert found.subject == "1 × overdue"
    assert "overdue: future-of-work (contact_missing)" in found.body
