"""UIMA CAS: what cassis reads of it, what it changes, and what is wrong with files of other tools."""

import copy
import io
import json

import cassis
import pytest
from conftest import RECORD, invoke, read_json

from tasrih.interchange.cas import JSON, XMI
from tasrih.interchange.cas.layers import METADATA, type_system
from tasrih.interchange.inputs import Source
from tasrih.record import Article, to_json

NAME = RECORD["id"]


@pytest.fixture
def folder(tmp_path):
    """The first article as XMI, with its type system, beside a corpus that has it."""
    place = tmp_path / "corpus/articles/news" / f"{NAME}.json"
    place.parent.mkdir(parents=True)
    place.write_bytes(to_json(Article.model_validate_json(json.dumps(RECORD))))
    assert invoke("export", "--to", "cas", place, "--out", tmp_path / "cas/").exit_code == 0
    return tmp_path


def opened(folder):
    types = cassis.load_typesystem((folder / "cas/TypeSystem.xml").read_bytes().decode())
    return cassis.load_cas_from_xmi(io.BytesIO((folder / f"cas/{NAME}.xmi").read_bytes()), typesystem=types)


def told(folder):
    done = invoke("import", "cas", folder / "cas", "--onto", folder / "corpus")
    return done.exit_code, [line for line in done.stderr.splitlines() if not line.endswith(".json: changed")]


def test_cassis_reads_the_layers_by_the_type_system_beside(folder):
    made = opened(folder)
    quotes = made.select("webanno.custom.Quote")
    assert [one.get_covered_text() for one in quotes] == [quote["spans"][0]["text"] for quote in RECORD["quotes"]]
    assert [one.label for one in quotes] == [quote["type"] for quote in RECORD["quotes"]]
    speakers = [one.speaker.elements[0].target for one in quotes if one.speaker]
    assert len(speakers) == sum(quote["speaker"] is not None for quote in RECORD["quotes"])


@pytest.mark.parametrize(("chosen", "suffix"), [(XMI, "xmi"), (JSON, "json")])
def test_offsets_are_those_of_java(chosen, suffix, tmp_path):
    record = copy.deepcopy(RECORD)
    record["paragraphs"][0]["text"] = "😀" + record["paragraphs"][0]["text"]
    record["quotes"], record["terms"] = [], []
    record["entities"] = [
        {"id": "e1", "type": "PERS", "name": "x", "mentions": [span(record["paragraphs"][0], 1, 5)]},
        {"id": "e2", "type": "PERS", "name": "y", "mentions": [span(record["paragraphs"][1], 0, 2)]},
    ]
    (data,) = chosen.write(record).values()
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(data)
    (back,) = chosen.read(Source(str(file)))
    assert back["entities"] == record["entities"]
    after = len(record["paragraphs"][0]["text"]) + 1
    places = ('begin="2" end="6"', f'begin="{after + 1}" end="{after + 3}"')
    if suffix == "xmi":
        assert all(f"{place} identifier=" in data.decode() for place in places)
    else:
        found = [one for one in json.loads(data)["%FEATURE_STRUCTURES"] if one["%TYPE"] == "webanno.custom.Mention"]
        assert [f'begin="{one["begin"]}" end="{one["end"]}"' for one in found] == list(places)


def span(paragraph, start, end):
    return {
        "paragraph": paragraph["id"],
        "start": start,
        "end": end,
        "text": paragraph["text"][start:end],
        "form": "named",
    }


def test_what_cassis_changes_is_all_that_changes(folder):
    made = opened(folder)
    quote = made.select("webanno.custom.Quote")[0]
    quote.label = "partial"
    (gone,) = [one for one in made.select("webanno.custom.Term") if one.identifier == RECORD["terms"][-1]["id"]]
    made.remove(gone)
    mention = made.typesystem.get_type("webanno.custom.Mention")
    made.add(mention(begin=0, end=4, label="ORG", form="named"))
    made.to_xmi(folder / f"cas/{NAME}.xmi")
    assert told(folder) == (0, [])
    after = read_json(folder / f"corpus/articles/news/{NAME}.json")
    expected = copy.deepcopy(RECORD)
    expected["quotes"][0]["type"] = "partial"
    del expected["terms"][-1]
    first = RECORD["paragraphs"][0]
    new = {"id": f"e{len(RECORD['entities']) + 1}", "type": "ORG", "name": first["text"][:4]}
    expected["entities"].append(new | {"mentions": [span(first, 0, 4)]})
    assert after == expected


@pytest.mark.filterwarnings("ignore:open_binary is deprecated")  # cassis reads its types so
def test_a_project_of_others_has_more_types_and_layers(folder):
    """Tokens and sentences, which every project has, are no matter; a layer of somebody's own is told."""
    types = cassis.merge_typesystems(cassis.load_dkpro_core_typesystem(), type_system())
    types.create_type("webanno.custom.Mood", "uima.tcas.Annotation")
    made = cassis.load_cas_from_xmi(io.BytesIO((folder / f"cas/{NAME}.xmi").read_bytes()), typesystem=types)
    sentence = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
    made.add_all([sentence(begin=0, end=10), types.get_type("webanno.custom.Mood")(begin=0, end=4)])
    made.to_xmi(folder / f"cas/{NAME}.xmi")
    types.to_xml(folder / "cas/TypeSystem.xml")
    code, lines = told(folder)
    assert code == 1
    assert len(lines) == 1
    assert lines[0].endswith(".xmi: 1 of the layer webanno.custom.Mood were left out: it is none of this package's.")
    assert read_json(folder / f"corpus/articles/news/{NAME}.json") == RECORD


def test_what_inception_gives_back_is_named_after_its_annotator(folder):
    """Its id of a document is the annotator's name, and the file is called so; the title is the name of the file."""
    made = opened(folder)
    (about,) = made.select(METADATA)
    about.documentId, about.documentTitle = "omar", f"{NAME}.xmi"
    (folder / f"cas/{NAME}.xmi").unlink()
    made.to_xmi(folder / "cas/omar.xmi")
    assert told(folder) == (0, [])
    (article,) = made.select("webanno.custom.Article")
    made.remove(article)
    made.to_xmi(folder / "cas/omar.xmi")
    (back,) = XMI.read(Source(str(folder / "cas/omar.xmi")))
    assert back["id"] == NAME


MISUSED = [
    (b"</xmi:XMI>", b"", "it is no CAS: "),
    (b'sofaString="', b'sofaText="', "it is no CAS: "),
    (b'label="direct"', b'label="shouted"', "the type of a quote cannot be shouted"),
    (b'begin="0"', b'begin="90000"', "is no stretch of the text, which ends at "),
    (b'identifier="q2"', b'identifier="q1"', "the id q1 is taken twice"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISUSED)
def test_what_is_wrong_is_told_with_the_file(folder, old, new, message):
    file = folder / f"cas/{NAME}.xmi"
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))
    code, lines = told(folder)
    assert code == 1
    assert any(message in line and f"{NAME}.xmi" in line for line in lines), lines


def test_a_broken_type_system_is_named(folder):
    (folder / "cas/TypeSystem.xml").write_text("<typeSystem", encoding="utf-8")
    code, lines = told(folder)
    assert code == 1
    assert "TypeSystem.xml: it describes no types" in lines[0]


def test_types_that_are_missing_are_told(folder):
    (folder / "cas/TypeSystem.xml").unlink()
    file = folder / f"cas/{NAME}.xmi"
    file.write_text(file.read_text(encoding="utf-8").replace("documentTitle", 'isLastSegment="false" documentTitle'))
    code, (line,) = told(folder)
    assert code == 1
    assert line.endswith(
        ".xmi: it is no CAS: the feature isLastSegment is of no type that is described. "
        "There is no TypeSystem.xml beside it, which would describe its types."
    )


def test_no_other_file_is_read_for_an_entity(folder):
    secret = folder / "secret"
    secret.write_text("hidden", encoding="utf-8")
    file = folder / f"cas/{NAME}.xmi"
    data = file.read_text(encoding="utf-8").partition("?>")[2]
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    file.write_text(doctype + data.replace('documentTitle="', 'documentTitle="&s;'), encoding="utf-8")
    code, lines = told(folder)
    assert code == 1
    assert "it is no CAS" in lines[0]
    assert "hidden" not in lines[0]
