"""A certificate for the tests' host, made by openssl where the machine has it."""

import os
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.fetch.hostile import HOST


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ssl.SSLContext]:
    """The file of a self-signed certificate for `HOST`, and a server's context that uses it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("ROUNDTABLE_CI"):
            pytest.fail("CI installs openssl before the tests, and it is not there")
        pytest.skip("the machine has no openssl to make a certificate with")
    folder: Path = tmp_path_factory.mktemp("certificate")
    key, trusted = str(folder / "key.pem"), str(folder / "trusted.pem")
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run([openssl, "req", *kind, *subject, "-keyout", key, "-out", trusted], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, key)
    return trusted, context
