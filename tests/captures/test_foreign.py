"""Other people's WARC files: every form is read, every fault is told with its place, and nothing behind it is lost."""

import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.captures.foreign import Fault, ForeignRecord, records
from archive.codes import Code, RoundtableError
from tests.captures import foreign_made as made

RECORDS = [
    made.info(),
    *(made.response(made.answer(b"page %d" % n), number=n, url=f"{made.URL}/{n}") for n in range(1, 6)),
]
FORMS = {
    "record by record": made.packed,
    "as a whole": lambda found: gzip.compress(b"".join(found), mtime=0),
    "in blocks": made.in_blocks,
    "not at all": b"".join,
}


def read(content: bytes, max_bytes: int = 10**6) -> tuple[list[ForeignRecord], list[Fault]]:
    found = list(records(io.BytesIO(content), "a.warc", max_bytes=max_bytes))
    return [one for one in found if isinstance(one, ForeignRecord)], [one for one in found if isinstance(one, Fault)]


@pytest.mark.parametrize("form", FORMS)
def test_however_a_file_is_packed_its_records_are_the_same(form: str) -> None:
    found, faults = read(FORMS[form](RECORDS))
    assert [one.record_id for one in found] == ["<urn:uuid:info-0>", *(f"<urn:uuid:{n}>" for n in range(1, 6))]
    assert found[3].block == made.answer(b"page 3")
    assert faults == []


@pytest.mark.parametrize("form", ["record by record", "not at all"])
def test_the_offset_is_where_the_record_begins(form: str) -> None:
    content = FORMS[form](RECORDS)
    for one in read(content)[0]:
        behind, _ = read(content[one.offset :])
        assert behind[0].record_id == one.record_id


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_cut_anywhere_gives_what_is_whole_and_says_where_it_ends(form: str) -> None:
    content = FORMS[form](RECORDS)
    ends = [*[one.offset for one in read(content)[0]][1:], len(content)]
    for length in range(13, len(content)):
        found, faults = read(content[:length])
        assert [one.block for one in found] == [one.block for one in read(content)[0]][: len(found)]
        if form == "record by record":
            assert len(found) == sum(end <= length for end in ends)
            assert len(faults) == (length not in ends)


@pytest.mark.parametrize("form", ["record by record", "not at all"])
def test_a_flipped_bit_costs_no_more_than_its_record(form: str) -> None:
    chance = random.Random(7)
    content = FORMS[form](RECORDS)
    whole = {one.record_id: one.block for one in read(content)[0]}
    starts = [one.offset for one in read(content)[0]]
    for _ in range(400):
        flipped = bytearray(content)
        place = chance.randrange(12, len(content))
        flipped[place] ^= 1 << chance.randrange(8)
        found, faults = read(bytes(flipped))
        assert len(found) >= len(RECORDS) - 2
        if form == "record by record":
            assert all(whole[one.record_id] == one.block for one in found)
            assert len(found) + len(faults) >= len(RECORDS)
            assert not faults or faults[0].offset == max(start for start in starts if start <= place)


def test_a_block_that_is_not_what_its_digest_says_is_damaged() -> None:
    altered = made.response().replace(b"The old page", b"The new page")
    found, (fault,) = read(made.packed([made.info(), altered, made.response(number=2)]))
    assert [one.record_id for one in found] == ["<urn:uuid:info-0>", "<urn:uuid:2>"]
    assert (fault.code, fault.offset) == (Code.RECORD_DAMAGED, len(made.packed([made.info()])))
    assert made.URL in fault.what


@pytest.mark.parametrize(
    "digest",
    ["sha1:0", "crc32:00", "rubbish", "", f"SHA-1:{made.sha1(made.answer()).partition(':')[2].lower()}"],
    ids=["wrong", "of an unknown kind", "no digest", "empty", "in lower case"],
)
def test_only_a_digest_that_can_be_checked_and_is_wrong_is_a_fault(digest: str) -> None:
    block = made.answer()
    content = made.record("response", block, ("WARC-Target-URI", made.URL), ("WARC-Block-Digest", digest))
    assert len(read(content)[1]) == (digest == "sha1:0")


def test_headers_in_odd_forms_are_understood() -> None:
    odd = (
        b"WARC/0.18\nwarc-type:RESPONSE\nWARC-Target-URI:   <http://a.test/>  \nWARC-Date: 2014\n"
        b"X-Folded: one\n\ttwo\nno colon here\nContent-Length: 3\n\nabc\n\n\n\n\n"
    )
    (first, second), faults = read(odd + made.response())
    assert (first.kind, first.url, first.headers["x-folded"], first.block) == (
        "response",
        "http://a.test/",
        "one two",
        b"abc",
    )
    assert second.block == made.answer()
    assert faults == []


def test_of_a_record_that_is_longer_than_what_is_taken_only_the_headers_are_given() -> None:
    content = made.packed([made.response(b"x" * 5_000), made.response()])
    (long, short), faults = read(content, max_bytes=4_000)
    assert (long.block, long.length, short.block, faults) == (None, 5_000, made.answer(), [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.WARC_UNREADABLE),
        (b"<html><p>a page", Code.WARC_UNREADABLE),
        (gzip.compress(b"a text", mtime=0), Code.WARC_UNREADABLE),
        (b"\x28\xb5\x2f\xfd rest", Code.WARC_UNREADABLE),
        (b"filedesc://a.arc 0.0.0.0 20010101000000 text/plain 10\n", Code.ARC_REFUSED),
        (gzip.compress(b"filedesc://a.arc 0.0.0.0 20010101000000 text/plain 10\n", mtime=0), Code.ARC_REFUSED),
    ],
    ids=["empty", "page", "packed text", "zstd", "arc", "packed arc"],
)
def test_what_is_no_warc_file_is_refused_in_one_line(content: bytes, code: Code) -> None:
    with pytest.raises(RoundtableError) as caught:
        read(content)
    assert caught.value.code is code


@given(st.binary(max_size=400), st.integers(0, 3), st.booleans())
def test_whatever_stands_between_the_records_they_are_found_and_it_is_told(
    noise: bytes, at: int, is_packed: bool
) -> None:
    parts = [made.response(number=number) for number in range(1, 4)]
    pieces = [gzip.compress(part, mtime=0) if is_packed else part for part in parts]
    content = b"".join([*pieces[:at], noise, *pieces[at:]]) if at else b"".join(pieces) + noise
    found, faults = read(content)
    if b"\x1f\x8b" not in noise and b"WARC" not in noise:
        assert {"<urn:uuid:1>", "<urn:uuid:3>"} <= {one.record_id for one in found} or not is_packed
        assert faults or not noise.strip(b"\r\n")
