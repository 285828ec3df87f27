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


@pytest.mark.parametrize("where", ["publisher", "feed", "target"])
def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path, where):
    address = "https://me:s3cret@pub.example/"
    source = GOOD.replace(b"https://pub.example/", address.encode()) if where == "publisher" else GOOD
    source += f'feeds = ["{address}feed"]\n'.encode() if where == "feed" else b""
    (tmp_path / "pub/round_tables").mkdir(parents=True)
    (tmp_path / "pub/source.toml").write_bytes(source)
    table = f"""
[round_table]
id = "one"
series = "talks"
title = "One"
state = "running"
[series]
id = "talks"
title = "Talks"
[[targets]]
url = "{address if where == "target" else "https://pub.example/"}a"
role = "article"
"""
    (tmp_path / "pub/round_tables/one.toml").write_text(table)
    with pytest.raises(RoundtableError) as caught:
        Register.load(tmp_path)
    assert caught.value.code is Code.REGISTER_INVALID
    assert "password" in str(caught.value)
    assert "s3cret" not in str(caught.value)
