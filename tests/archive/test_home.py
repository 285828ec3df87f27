import multiprocessing

import pytest

from archive.codes import Code, RoundtableError
from archive.home import Home


def test_the_home_is_the_option_else_the_environment_else_data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Home.at(tmp_path / "a", {"ROUNDTABLE_HOME": "b"}).root == tmp_path / "a"
    assert Home.at(None, {"ROUNDTABLE_HOME": str(tmp_path / "b")}).root == tmp_path / "b"
    assert Home.at(None, {}).root == tmp_path / "data"


def test_looking_at_a_home_creates_nothing(tmp_path):
    Home.at(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("contact = 3", "contact"),
        ("delay_secs = 3.0", "delay_secs"),
        ("contact = ", "TOML"),
        ("max_bytes = true", "max_bytes"),
        ('contact = "nobody"', "nobody"),
        ('contact = "a@b.org\\r\\nX-Evil: 1"', "Evil"),
        ('wayback = "web.archive.org"', "web.archive.org"),
        ('wayback = "ftp://web.archive.org"', "wayback"),
        ('wayback = "https://me:secret@web.archive.org"', "wayback"),
        ('wayback = "https://web.archive.org/?x=1"', "wayback"),
        ("wayback = 3", "wayback"),
        ("wayback_delay_seconds = -1", "wayback_delay_seconds"),
        ("delay_seconds = nan", "delay_seconds"),
    ],
)
def test_a_config_that_cannot_be_used_names_file_and_key(tmp_path, text, met):
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path)
    assert caught.value.code is Code.CONFIG_INVALID
    assert met in str(caught.value)
    assert "config.toml" in str(caught.value)


def test_an_archive_is_named_with_or_without_a_final_slash(tmp_path):
    assert Home.at(tmp_path).config.wayback == "https://web.archive.org"
    assert Home.at(tmp_path).config.wayback_delay_seconds >= 1
    (tmp_path / "config.toml").write_text('wayback = "http://archive.test:8080/coll/"')
    assert Home.at(tmp_path).config.wayback == "http://archive.test:8080/coll"


def test_the_environment_overrides_the_configured_contact(tmp_path):
    (tmp_path / "config.toml").write_text('contact = "file@example.org"')
    assert Home.at(tmp_path, {}).config.contact == "file@example.org"
    assert Home.at(tmp_path, {"ROUNDTABLE_CONTACT": "env@example.org"}).config.contact == "env@example.org"


@pytest.mark.parametrize("what", ["a folder", "a link that leads nowhere", "words of no encoding"])
def test_what_is_no_file_of_words_is_not_passed_over_as_a_config(tmp_path, what):
    path = tmp_path / "config.toml"
    if what == "a folder":
        path.mkdir()
    elif what == "words of no encoding":
        path.write_bytes(b"contact = \xff")
    else:
        path.symlink_to("nowhere")
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path)
    assert caught.value.code is Code.CONFIG_INVALID
    assert str(path) in str(caught.value)


def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path):
    (tmp_path / "config.toml").write_text('wayback = "https://me:secret@web.archive.org"')
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("said", [b"99\n", b"\xff\n", b"\0" * 1_000_000, "２".encode(), b"new"])
def test_a_home_of_a_newer_layout_is_left_alone(tmp_path, said):
    (tmp_path / "layout").write_bytes(said)
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path)
    assert caught.value.code is Code.HOME_NEWER


def test_a_file_in_the_place_of_the_home_is_said_in_one_line(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path / "home")
    assert caught.value.code is Code.HOME_NOT_WRITABLE
    assert "\n" not in str(caught.value)


def test_a_home_under_a_file_cannot_be_prepared(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RoundtableError) as caught:
        Home.at(tmp_path / "file" / "home").prepare()
    assert caught.value.code is Code.HOME_NOT_WRITABLE


def _hold(root, ready, done):
    with Home.at(root).writing():
        ready.set()
        done.wait(20)


def test_a_second_process_is_told_who_writes_and_the_lock_goes_with_its_holder(tmp_path):
    home = Home.at(tmp_path / "home").prepare()
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(home.root, ready, done))
    other.start()
    assert ready.wait(20)
    with pytest.raises(RoundtableError) as caught, home.writing():
        pass
    assert caught.value.code is Code.HOME_BUSY
    assert f"pid {other.pid}" in str(caught.value)
    other.kill()
    other.join()
    with home.writing(), home.writing():
        assert (home.root / ".lock").exists()


def test_the_folder_of_nobody_is_said_in_one_line():
    with pytest.raises(RoundtableError, match="~nobody-of-this-name/archive") as caught:
        Home.at("~nobody-of-this-name/archive")
    assert caught.value.code is Code.HOME_NOT_WRITABLE
