"""The register's files as people leave them: what cannot be used is named, whatever it is."""

import os

import pytest

from archive.codes import Code, RoundtableError
from archive.sources.register import Register

GOOD = b"""
[publisher]
id = "pub"
name = "Pub"
url = "https://pub.example/"
hosts = ["pub.example"]
"""


def nothing_there(path):
    path.symlink_to("nowhere")


def huge(path):
    path.write_bytes(GOOD + b"# comment\n" * 1_100_000)


STRANGE = {
    "a folder": lambda path: path.mkdir(),
    "a link that leads nowhere": nothing_there,
    "a pipe": os.mkfifo,
    "words of no encoding": lambda path: path.write_bytes(GOOD + b"# \xff"),
    "endless": huge,
    "empty": lambda path: path.write_bytes(b""),
    "bytes": lambda path: path.write_bytes(bytes(1_000)),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("name", ["source.toml", "round_tables/one.toml"])
def test_a_strange_file_is_named_and_nothing_is_read_of_it(tmp_path, what, name):
    path = tmp_path / "pub" / name
    path.parent.mkdir(parents=True)
    (tmp_path / "pub/source.toml").write_bytes(GOOD)
    assert Register.load(tmp_path).get("pub").keys.publisher.name == "Pub"
    if name == "source.toml":
        path.unlink()
    STRANGE[what](path)
    with pytest.raises(RoundtableError) as caught:
        Register.load(tmp_path)
    assert caught.value.code is Code.REGISTER_INVALID
    assert str(path) in str(caught.value)
