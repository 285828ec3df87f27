"""BibTeX, RIS and CSL-JSON, each read by a program of others."""

import json
import re
from pathlib import Path

import citeproc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import BibliographyData, Person, parse_string

from archive.model import Citation
from warehouse.exports import bibtex, published, references, ris

ITEM = {
    "id": "bus/q1/x",
    "type": "webpage",
    "title": "Who pays? 50% & $5 #1 {sic} a_b ~ ^ \\end “Über”",
    "author": [
        {"family": "van der Houtkamp", "given": "Wietske"},
        {"family": "Winterbrook", "given": "Hal", "suffix": "Jr."},
        {"family": "Vrbíčková", "given": "Božena T."},
        {"literal": "Cleaners, Porters and Guards’ Union"},
    ],
    "container-title": "The Night Bus",
    "collection-title": "The Long Table",
    "publisher": "The Lamplighter",
    "ISSN": "0000-0019",
    "issued": {"date-parts": [[2019, 3, 6]]},
    "accessed": {"date-parts": [[2024, 6, 1]]},
    "URL": "http://x.example/a_b%20c?d={e}",
    "language": "en-GB",
    "custom": {"role": "response", "capture_id": "c-1", "license": "https://l.example/by"},
}


def parsed(*items) -> BibliographyData:
    return parse_string("".join(map(bibtex.entry, items)), "bibtex")


def plain(latex: str) -> str:
    """What LaTeX would print."""
    for command, sign in (("textbraceleft", "\x01"), ("textbraceright", "\x02"), ("textbackslash", "\x03")):
        latex = latex.replace(f"\\{command}{{}}", sign)
    latex = latex.replace(r"\textasciitilde{}", "~").replace(r"\textasciicircum{}", "^")
    for sign in "&%$#_":
        latex = latex.replace(f"\\{sign}", sign)
    return latex.replace("{", "").replace("}", "").translate({1: "{", 2: "}", 3: "\\"})


def test_a_bibtex_entry_is_read_back():
    (entry,) = parsed(ITEM).entries.values()
    fields = entry.fields
    assert (entry.type, entry.key) == ("misc", "bus/q1/x")
    assert plain(fields["title"]) == ITEM["title"]
    assert entry.persons["author"] == [
        Person("van der Houtkamp, Wietske"),
        Person("Winterbrook, Jr., Hal"),
        Person("Vrbíčková, Božena T."),
        Person(last="{Cleaners, Porters and Guards’ Union}"),
    ]
    assert entry.persons["author"][0].prelast_names == ["van", "der"]
    assert {name: fields[name] for name in ("year", "month", "date", "urldate", "url", "keywords")} == {
        "year": "2019",
        "month": "March",
        "date": "2019-03-06",
        "urldate": "2024-06-01",
        "url": "http://x.example/a_b%20c?d=%7Be%7D",
        "keywords": "response",
    }
    assert fields["howpublished"] == "The Night Bus, The Lamplighter"
    assert fields["note"] == "licence: https://l.example/by; read from capture c-1"


@pytest.mark.parametrize(
    ("issued", "bib", "record"),
    [
        (None, {}, {}),
        ({"date-parts": [[2019]]}, {"year": "2019", "date": "2019"}, {"year": "2019", "date": "2019///"}),
        (
            {"date-parts": [[2019, 3]], "circa": True},
            {"year": "2019", "date": "2019-03~", "month": "March"},
            {"year": "2019", "date": "2019/03//", "notes": ["date: about 2019/03"]},
        ),
        (
            {"date-parts": [[2019]], "season": 1},
            {"year": "2019", "date": "2019-21"},
            {"year": "2019", "date": "2019///"},
        ),
        (
            {"date-parts": [[2018, 11], [2019, 2]]},
            {"year": "2018--2019", "date": "2018-11/2019-02"},
            {"year": "2018", "date": "2018/11//", "notes": ["date: about 2018/11 to 2019/02"]},
        ),
    ],
)
def test_a_date_is_as_exact_as_the_reference(issued, bib, record):
    item = {"id": "x", "type": "webpage", "title": "T"} | ({"issued": issued} if issued else {})
    (entry,) = parsed(item).entries.values()
    assert {name: entry.fields[name] for name in entry.fields if name != "title"} == bib
    (read,) = rispy.loads(ris.record(item))
    assert {name: read[name] for name in ("year", "date", "notes") if name in read} == record


def test_a_ris_record_is_read_back():
    (read,) = rispy.loads(ris.record(ITEM))
    assert read == {
        "type_of_reference": "ELEC",
        "id": "bus/q1/x",
        "authors": ["van der Houtkamp, Wietske", "Winterbrook, Hal, Jr.", "Vrbíčková, Božena T.",
                    "Cleaners, Porters and Guards’ Union"],
        "title": ITEM["title"],
        "secondary_title": "The Night Bus",
        "tertiary_title": "The Long Table",
        "publisher": "The Lamplighter",
        "issn": "0000-0019",
        "year": "2019",
        "date": "2019/03/06/",
        "urls": ["http://x.example/a_b%20c?d={e}"],
        "access_date": "2024/06/01/",
        "language": "en-GB",
        "keywords": ["response"],
        "notes": ["licence: https://l.example/by; read from capture c-1"],
    }  # fmt: skip


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(references.one_line)
ITEMS = st.fixed_dictionaries(
    {"id": st.just("x"), "type": st.just("webpage"), "title": WORDS},
    optional={
        "author": st.lists(st.fixed_dictionaries({"literal": WORDS}), min_size=1, max_size=3),
        "publisher": WORDS,
    },
)


@given(ITEMS)
@settings(max_examples=60)
def test_whatever_is_printed_is_one_entry_and_one_record(item):
    entry, _ = parsed(item, ITEM | {"id": "y"}).entries.values()
    assert squeezed(plain(entry.fields["title"])) == squeezed(references.one_line(item["title"]))
    assert len(entry.persons.get("author", [])) == len(item.get("author", []))
    read = rispy.loads(ris.record(item) + ris.record(ITEM))
    assert [one["id"] for one in read] == ["x", "bus/q1/x"]
    assert squeezed(read[0]["title"]) == squeezed(references.one_line(item["title"]))
    assert len(read[0].get("authors", [])) == len(item.get("author", []))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_release_s_references_are_its_citations_in_every_format(demo_release, records):
    ids = sorted({row.contribution_id for row in records.of(Citation)})
    with published.opened(demo_release) as rows:
        items = json.loads("".join(references.csl_json(rows)))
        entries = parse_string("".join(bibtex.bibtex(rows)), "bibtex").entries
        read = rispy.loads("".join(ris.ris(rows)))
    assert [item["id"] for item in items] == sorted(entries.keys()) == [one["id"] for one in read] == ids
    # citeproc-py warns of whatever is no variable of CSL, and warnings are errors here.
    loaded = CiteProcJSON([{key: value for key, value in item.items() if key != "custom"} for item in items])
    assert sorted(loaded) == ids


def csl(file: str, group: str) -> set[str]:
    """A group of names in the schema of styles, which citeproc-py ships; it has none of items, csl-data.json."""
    schemas = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
    _, _, rest = (schemas / file).read_text().partition(f"  {group} =\n")
    lines = rest.split("  \n")[0].splitlines()
    return {name for line in lines if "#" not in line for name in re.findall(r'"([^"]+)"', line)}


def test_every_item_has_a_type_of_csl_and_each_variable_the_form_of_its_kind(demo_release):
    texts = csl("csl-variables.rnc", "variables.titles") | csl("csl-variables.rnc", "variables.strings")
    names, dates = csl("csl-variables.rnc", "variables.names"), csl("csl-variables.rnc", "variables.dates")
    with published.opened(demo_release) as rows:
        items = json.loads("".join(references.csl_json(rows)))
    assert items
    for item in items:
        assert item.pop("type") in csl("csl-types.rnc", "item-types")
        assert isinstance(item.pop("id"), str)
        assert isinstance(item.pop("custom"), dict)
        for variable, value in item.items():
            if variable in names:
                assert all(set(one) <= {"family", "given", "suffix", "literal"} for one in value)
                assert all(isinstance(part, str) and part for one in value for part in one.values())
            elif variable in dates:
                assert set(value) <= {"date-parts", "season", "circa"}
                assert 1 <= len(value["date-parts"]) <= 2
                assert all(1 <= len(part) <= 3 for part in value["date-parts"])
                assert all(type(number) is int for part in value["date-parts"] for number in part)
            else:
                assert variable in texts
                assert isinstance(value, str)


def test_without_references_a_file_is_empty_and_still_of_its_format(tmp_path, demo_release):
    with published.opened(demo_release, ["stairwell"]) as rows:
        rows._connection.execute("DELETE FROM citations")
        assert json.loads("".join(references.csl_json(rows))) == []
        assert "".join(bibtex.bibtex(rows)) == "".join(ris.ris(rows)) == ""
