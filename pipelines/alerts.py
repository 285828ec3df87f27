"""Telling somebody: by a command, a mail or a webhook, as `[alerts]` in config.toml says.

Here belongs what is told and how it is sent. Not here: noticing that something is wrong (`sensors`, `status`).

Secrets come from the environment alone, and no message of this module shows one: of an error only its kind is told.
"""

import os
import smtplib
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import requests

from archive import durable
from archive.codes import Code, RoundtableError
from archive.home import Home

WEBHOOK = "ROUNDTABLE_ALERT_WEBHOOK"
SMTP_USER = "ROUNDTABLE_SMTP_USER"
SMTP_PASSWORD = "ROUNDTABLE_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
SECRETS = (WEBHOOK, SMTP_USER, SMTP_PASSWORD)
_PATIENCE = 12.0
"""Seconds that any way of telling may take: all of them together less than the minute that Dagster gives a sensor."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody should know: a line, and what stands below it."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How people are told: `[alerts]` of config.toml, and the environment.

    Attributes:
        command: words of a command; it gets the subject as ROUNDTABLE_ALERT and the body on its standard input.
        email: an address, which gets a mail.
        smtp: the mail server, as HOST:PORT; a port 465 or 587 is spoken to through TLS.
        sender: the mail's sender.
        webhook: an address that gets a POST with JSON (`subject`, `body`, `home`); ROUNDTABLE_ALERT_WEBHOOK goes
            before it, since such addresses are often secrets.
    """

    command: tuple[str, ...] = ()
    email: str | None = None
    smtp: str = "localhost:25"
    sender: str = "roundtable@localhost"
    webhook: str | None = None

    @staticmethod
    def of(home: Home, environ: Mapping[str, str] = os.environ) -> "Ways":
        """Those of a home."""
        values = dict(home.config.alerts)
        command = tuple(values.pop("command", ()))
        webhook = environ.get(WEBHOOK) or values.pop("webhook", None)
        values.pop("webhook", None)
        return Ways(command=command, webhook=webhook, **values)


def of_failure(job: str, run_id: str, message: str) -> Alert:
    """That a run failed."""
    return Alert(
        f"the run of {job} failed", f"{message}\n\nRun {run_id}; the published release is what it was before it.\n"
    )


def of_state(lines: Sequence[str]) -> Alert | None:
    """What somebody should look at (`attention.lines`); None where there is nothing.

    The subject tells how many lines there are of each kind, which is the word before their colon.
    """
    if not lines:
        return None
    kinds = Counter(line.partition(":")[0] for line in lines)
    more = [f"and {len(lines) - _SHOWN} more: `roundtable status` has them all"] if len(lines) > _SHOWN else []
    subject = ", ".join(f"{number} × {kind}" for kind, number in kinds.items())
    return Alert(subject, "\n".join([*lines[:_SHOWN], *more]) + "\n")


def send(home: Home, alert: Alert, environ: Mapping[str, str] = os.environ) -> str:
    """Tell people in every way that is set, and return in words what came of it.

    What failed is noted in the home, until everybody is told of something again.

    Raises:
        RoundtableError: `alert_not_sent` where one of the ways failed; the others were tried.
    """
    ways = Ways.of(home, environ)
    told, faults = [], []
    for name, is_set, way in (
        ("command", bool(ways.command), _run),
        ("mail", bool(ways.email), _mail),
        ("webhook", bool(ways.webhook), _post),
    ):
        if is_set:
            try:
                way(ways, home, alert, environ)
                told.append(name)
            except (OSError, ValueError, subprocess.SubprocessError, smtplib.SMTPException) as error:
                # Addresses, headers and server replies may hold secrets.
                faults.append(f"{name}: {type(error).__name__}")
    if faults:
        durable.write_text(_note(home), "; ".join(faults) + "\n")
        raise RoundtableError(Code.ALERT_NOT_SENT, "; ".join(faults), "[alerts] in config.toml")
    _note(home).unlink(missing_ok=True)
    return f"told by {', '.join(told)}" if told else "nobody is told: config.toml has no [alerts]"


def not_sent(home: Home) -> str | None:
    """Which ways failed when somebody was to be told last, and how; None where none did."""
    try:
        return _note(home).read_text().strip()
    except OSError:
        return None


def _note(home: Home) -> Path:
    return home.dagster / "alert_not_sent.txt"


def _run(ways: Ways, home: Home, alert: Alert, environ: Mapping[str, str]) -> None:
    kept = {name: value for name, value in environ.items() if name not in SECRETS}
    subprocess.run(  # noqa: S603 - the command that the home's owner has written down
        ways.command,
        input=alert.body,
        text=True,
        check=True,
        # What it leaves running must not be waited for.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_PATIENCE,
        env={**kept, "ROUNDTABLE_ALERT": alert.subject, "ROUNDTABLE_HOME": str(home.root)},
    )


def _mail(ways: Ways, home: Home, alert: Alert, environ: Mapping[str, str]) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = ways.sender, ways.email
    mail["Subject"] = f"[roundtable] {alert.subject}"
    mail.set_content(f"{alert.body}\n{home.root}\n")
    host, _, port = ways.smtp.partition(":")
    kind = smtplib.SMTP_SSL if port == "465" else smtplib.SMTP
    with kind(host, int(port or 25), timeout=_PATIENCE) as server:
        if port == "587":
            server.starttls()
        if environ.get(SMTP_USER):
            server.login(environ[SMTP_USER], environ.get(SMTP_PASSWORD, ""))
        server.send_message(mail)


def _post(ways: Ways, home: Home, alert: Alert, environ: Mapping[str, str]) -> None:  # noqa: ARG001 - as the other ways
    content = {"subject": alert.subject, "body": alert.body, "home": str(home.root)}
    answer = requests.post(str(ways.webhook), json=content, timeout=_PATIENCE, allow_redirects=False)
    answer.raise_for_status()
