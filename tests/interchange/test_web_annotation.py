"""W3C Web Annotation: graphs that a library reads, selectors that select, and what other tools make of them."""

import copy
import json

import pytest
from conftest import RECORD, ROOT, WITH_WORDS, invoke, read_json
from own import record as own_record
from pyld import jsonld

from tasrih.interchange.annotations import CONTEXT, WEB_ANNOTATION
from tasrih.interchange.regions import KINDS, RELATIONS, text_of
from tasrih.record import Article, to_json
from tasrih.standoff.models import is_standoff, standoff, withheld

OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
LIGHTS = own_record()
# What the published context says of the words that are used here; whatever else is used would not be expanded.
WORDS = {
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "exact")},
    **{name: {"@id": f"{OA}{name}", "@type": COUNT} for name in ("start", "end")},
    **{name: f"{OA}{name}" for name in ("TextPositionSelector", "TextQuoteSelector", "prefix", "suffix")},
    **{name: f"{OA}{name}" for name in ("tagging", "classifying", "describing", "identifying", "linking")},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in ("body", "target", "source", "selector")},
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "partOf": {"@id": f"{AS}partOf", "@type": "@id"},
    "total": {"@id": f"{AS}totalItems", "@type": COUNT},
    "startIndex": {"@id": f"{AS}startIndex", "@type": COUNT},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "format": "http://purl.org/dc/elements/1.1/format",
    "value": RDF_VALUE,
    "id": "@id",
    "type": "@type",
}


def no_network(url, _options):
    assert url == CONTEXT
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": WORDS},
    }


def written(record):
    return json.loads(WEB_ANNOTATION.write(record)[f"{record['id']}.jsonld"])


def keys(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("path", WITH_WORDS[::20], ids=lambda path: path.stem)
def test_a_library_of_linked_data_reads_every_annotation(path):
    record = read_json(path)
    collection = written(record)
    options = {"documentLoader": no_network, "base": "https://example.org/texts/"}
    (graph,) = jsonld.expand(collection, options)
    (page,) = graph[f"{AS}first"]
    (items,) = page[f"{AS}items"]
    assert len(items["@list"]) == collection["total"] == graph[f"{AS}totalItems"][0]["@value"]
    assert {one["@type"][0] for one in items["@list"]} == {f"{OA}Annotation"}
    said = sum(1 for key in keys(graph) if not key.startswith("@"))
    assert said == sum(1 for key in keys(collection) if key not in ("@context", "id", "type"))
    ids = [one["@id"] for one in items["@list"]]
    assert len(set(ids)) == len(ids)
    linked = [one for one in items["@list"] if one[f"{OA}motivatedBy"][0]["@id"] == f"{OA}linking"]
    for one in linked:
        ends = [body[f"{OA}hasSource"][0]["@id"] for body in one[f"{OA}hasBody"] if f"{OA}hasSource" in body]
        assert {*ends, one[f"{OA}hasTarget"][0]["@id"]} <= set(ids)
    triples = jsonld.to_rdf(collection, options)["@default"]
    assert len(triples) > 10 * len(items["@list"])


def test_positions_and_words_select_the_same():
    text = text_of(RECORD)
    selected = 0
    for item in written(RECORD)["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else ():
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote.get("prefix", ""))
            assert text[end:].startswith(quote.get("suffix", ""))
            selected += 1
    assert selected > 100


@pytest.fixture
def lights(tmp_path):
    """The corpus of an article, and the folder of its annotations."""
    return laid(LIGHTS, tmp_path)


def said_of(record):
    """A record of quotes without fields that are null and need not be there."""
    for quote in record["quotes"]:
        assert [quote.pop(name) for name in ("addressee", "parent", "continues")] == [None] * 3
    return record


def laid(record, folder):
    corpus, out = folder / "corpus/articles/harbour", folder / "out"
    corpus.mkdir(parents=True)
    model = standoff() if is_standoff(record) else Article
    (corpus / f"{record['id']}.json").write_bytes(to_json(model.model_validate_json(json.dumps(record))))
    assert invoke("export", "--to", "web-annotation", corpus, "--out", out).exit_code == 0
    return corpus, out


def changed(out, change):
    """What a tool makes of the annotations; the file is written as another program would."""
    (file,) = out.glob("*.jsonld")
    collection = read_json(file)
    items = collection["first"]["items"]
    change({item["id"].partition("#")[2]: item for item in items}, items)
    file.write_text(json.dumps(collection, indent=1), encoding="utf-8")


def brought_back(corpus, out):
    done = invoke("import", "web-annotation", out, "--onto", corpus)
    (file,) = corpus.glob("*.json")
    return [line for line in done.stderr.splitlines() if not line.endswith(": changed")], read_json(file)


def test_without_a_corpus_nothing_is_missing(lights):
    done = invoke("import", "web-annotation", lights[1])
    assert (done.exit_code, said_of(json.loads(done.stdout))) == (0, LIGHTS)


def test_only_what_another_tool_changed_is_changed(lights):
    def change(known, items):
        known["q1"]["body"][1]["value"] = "type=partial"
        cue = copy.deepcopy(known["c1"])
        cue |= {
            "id": "https://example.org/annotations/7",
            "body": {"type": "TextualBody", "purpose": "tagging", "value": "term"},
        }
        items.append(cue)

    changed(lights[1], change)
    told, record = brought_back(*lights)
    assert told == []
    cue = {key: value for key, value in LIGHTS["quotes"][0]["cue"].items() if key != "kind"}
    assert record == LIGHTS | {
        "quotes": [LIGHTS["quotes"][0] | {"type": "partial"}],
        "terms": [{"id": "t1", "kind": "other", "span": cue, "entity": None}],
    }


def test_positions_in_units_of_utf16_are_set_right_by_the_words(tmp_path):
    record = own_record(number="😀 الأولى")
    corpus, out = laid(record, tmp_path)
    (name, *_) = (file.stem for file in out.glob("*.jsonld"))
    text = (out / f"{name}.txt").read_text(encoding="utf-8")
    (out / f"{name}.txt").write_text("😀" + text, encoding="utf-8")

    def change(known, _):
        for item in known.values():
            for target in item["target"] if isinstance(item["target"], list) else ():
                target["selector"][0] = {"type": "TextPositionSelector", "start": 1, "end": 2}

    changed(out, change)
    (out / f"{name}.txt").write_text(text, encoding="utf-8")
    assert brought_back(corpus, out) == ([], record)


MISTAKES = {
    "beyond the text": (
        lambda known: known["c1"]["target"][0]["selector"][1].update(exact="ذكرت"),
        "is not in the text",
    ),
    "no selector": (lambda known: known["c1"]["target"][0].pop("selector"), "is not in the text, or more than once"),
    "another tag": (
        lambda known: known["c1"]["body"][0].update(value="verb"),
        f"its tag is none of {', '.join(KINDS)}",
    ),
    "a comment": (lambda known: known["c1"].update(body="I like it", motivation="commenting"), "its tag is none of"),
    "no body": (lambda known: known["c1"].pop("body"), "its tag is none of"),
    "dangling": (lambda known: known["r1"].update(target="urn:x"), "leads to urn:x, which is not there"),
    "no relation": (lambda known: known["r1"].update(body=[]), f"by one of {', '.join(RELATIONS)}"),
    "about": (
        lambda known: known["about"]["body"].update(value="[1"),
        "it describes the article in no way that is read",
    ),
    "a value": (lambda known: known["c1"]["body"][1].update(value="kind=past"), "the kind of a cue cannot be past"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_makes_no_sense_is_told_with_its_line_and_the_rest_is_kept(lights, name):
    change, expected = MISTAKES[name]
    changed(lights[1], lambda known, _: change(known))
    done = invoke("import", "web-annotation", lights[1])
    assert done.exit_code == 1
    assert expected in done.stderr
    assert all(line.partition(".jsonld:")[2].split(":")[0].isdecimal() for line in done.stderr.splitlines())
    assert len(json.loads(done.stdout)["quotes"]) == 1


def test_a_list_of_annotations_as_a_server_gives_it_is_read(lights):
    (file,) = lights[1].glob("*.jsonld")
    collection = read_json(file)
    for made in (collection["first"], collection["first"]["items"]):
        file.write_text(json.dumps(made), encoding="utf-8")
        assert brought_back(*lights) == ([], LIGHTS)


def test_annotations_without_words_say_where_and_of_what(tmp_path):
    bare = withheld(LIGHTS)
    corpus, out = laid(bare, tmp_path)
    assert [file.suffix for file in out.iterdir()] == [".jsonld"]
    said = next(out.iterdir()).read_text(encoding="utf-8")
    told = f"{LIGHTS['entities'][0]['name']} {LIGHTS['metadata']['publisher']}".split()
    words = {word for paragraph in LIGHTS["paragraphs"] for word in paragraph["text"].split() if len(word) > 3}
    assert [word for word in words - set(told) if word in said] == []
    assert bare["paragraphs"][0]["sha256"] in said
    done = invoke("import", "web-annotation", out)
    assert (done.exit_code, said_of(json.loads(done.stdout))) == (0, bare)
    changed(out, lambda known, _: known["q1"]["body"][1].update(value="type=partial"))
    assert brought_back(corpus, out) == ([], bare | {"quotes": [bare["quotes"][0] | {"type": "partial"}]})
    (out / f"{LIGHTS['id']}.txt").write_text(text_of(LIGHTS), encoding="utf-8")
    assert json.loads(invoke("import", "web-annotation", out).stdout)["paragraphs"] == LIGHTS["paragraphs"]


def test_the_withheld_records_of_the_corpus_come_back(tmp_path):
    some = sorted(path for path in (ROOT / "corpus/articles/news").glob("*.json") if path not in WITH_WORDS)[::20]
    assert len(some) > 5
    out = tmp_path / "out"
    assert invoke("export", "--to", "web-annotation", *some, "--out", out).exit_code == 0
    done = invoke("import", "web-annotation", out, "--out", tmp_path / "back")
    assert (done.exit_code, done.stderr) == (0, "")
    for path in some:
        before, after = (file.read_bytes() for file in (path, tmp_path / "back" / path.name))
        assert standoff().model_validate_json(after) == standoff().model_validate_json(before)
