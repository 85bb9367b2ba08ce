"""CoNLL-U Plus and CorefUD as other programs read, check and change them, and as people write them wrongly.

`udapi` (GPL 3) and `udtools` (GPL 2) run here and are shipped with nothing; `conllu` (MIT) is a reader of others' too.
"""

import io
import json

import conllu
import pytest
from conftest import RECORD, WITH_WORDS, read_json
from udapi.core.document import Document
from udtools import Validator
from udtools.incident import IncidentType

import tasrih
from tasrih.interchange.conllu import CONLLU, COREFUD
from tasrih.interchange.inputs import Source
from tasrih.interchange.merging import merged, named
from tasrih.text.tokens import tokens

SAMPLE = [RECORD, *map(read_json, WITH_WORDS[:-1:12])]


def text_of(chosen, *records):
    return "".join(data.decode() for record in records for data in chosen.write(record).values())


def read(text, tmp_path, name="a.conllu"):
    """The records of a file, and what is told of it without its name."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8", newline="")
    made = list(CONLLU.read(Source(str(file))))
    told = [str(item).removeprefix(f"{file}:") for item in made if isinstance(item, tasrih.TasrihError)]
    return [named(item) for item in made if isinstance(item, dict)], told


def changed(record, back):
    """What is different in a record that came back, as paths with values: the same as a diff shows."""
    whole, told = merged(record, back, ())
    assert told == []
    before, after = dict(leaves(record)), dict(leaves(whole))
    return {path: after.get(path) for path in [*before, *after] if before.get(path) != after.get(path)}


def leaves(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield ".".join(map(str, path)), value
    for key, item in items or ():
        yield from leaves(item, (*path, key))


def in_udapi(*records):
    document = Document()
    document.from_conllu_string(text_of(COREFUD, *records))
    return document


# As other programs read it


@pytest.mark.parametrize("chosen", [CONLLU, COREFUD], ids=["conllu", "corefud"])
def test_the_package_conllu_reads_the_very_text(chosen):
    for record in SAMPLE:
        sentences = conllu.parse(text_of(chosen, record))
        for sentence, paragraph in zip(sentences, record["paragraphs"], strict=True):
            inside = {word for token in sentence for word in words_of(token["id"])}
            surface = [token for token in sentence if token["id"] not in inside and "." not in str(token["id"])]
            white = ["" if (token["misc"] or {}).get("SpaceAfter") == "No" else " " for token in surface]
            text = "".join(token["form"] + after for token, after in zip(surface, white, strict=True)).rstrip()
            assert text == paragraph["text"] == sentence.metadata["text"]
            assert [token["form"] for token in surface] == [text[start:end] for start, end in tokens(text)]


def words_of(number):
    """The words of a multiword token."""
    return range(number[0], number[2] + 1) if isinstance(number, tuple) and number[1] == "-" else ()


def test_the_package_conllu_changes_nothing_that_it_writes_again(tmp_path):
    for record in SAMPLE:
        for chosen in (CONLLU, COREFUD):
            again = "".join(sentence.serialize() for sentence in conllu.parse(text_of(chosen, record)))
            (back,), told = read(again, tmp_path)
            assert (told, changed(record, back)) == ([], {})


def test_what_the_package_conllu_changes_is_all_that_changes(tmp_path):
    sentences = conllu.parse(text_of(CONLLU, RECORD))
    for token in (token for sentence in sentences for token in sentence):
        token["tasrih:quote"] = token["tasrih:quote"].replace("q3:direct", "q3:partial")
        token["tasrih:cue"] = token["tasrih:cue"].replace("q3:participle", "q3:noun")
    (back,), told = read("".join(sentence.serialize() for sentence in sentences), tmp_path)
    assert told == []
    assert changed(RECORD, back) == {"quotes.2.type": "partial", "quotes.2.cue.kind": "noun"}


def test_udapi_finds_every_mention_with_its_words_and_who_is_elided():
    for record in SAMPLE:
        found = [(entity.eid, mention) for entity in in_udapi(record).coref_entities for mention in entity.mentions]
        elided = [mention for _, mention in found if mention.words[0].is_empty()]
        roles = [quote.get(role) or {} for quote in record["quotes"] for role in ("speaker", "addressee")]
        assert len(elided) == sum(person.get("form") == "elided" for person in roles)
        assert {mention.other["form"] for mention in elided} <= {"elided"}
        words = {
            (eid, mention.other["id"]): without_space(mention.words) for eid, mention in found if mention.other["id"]
        }
        expected = {
            (f"{record['id'].replace('-', '_')}.{entity['id']}", f"{entity['id']}.{number}"): mention["text"]
            for entity in record["entities"]
            for number, mention in enumerate(entity["mentions"], 1)
        }
        assert words == {name: "".join(text.split()) for name, text in expected.items() if name in words}
        titles = {entity["id"] for entity in record["entities"] if entity["type"] == "OCC"}
        assert {name.partition(".")[0] for _, name in expected.keys() - words.keys()} <= titles


def without_space(words):
    return "".join(word.form for word in words if not word.is_empty())


def test_the_validator_of_corefud_finds_nothing(tmp_path):
    assert told_by_validator(text_of(COREFUD, *SAMPLE), tmp_path) == 0
    assert told_by_validator(text_of(COREFUD, RECORD).replace("-person-", "-somebody-"), tmp_path) > 0


def told_by_validator(text, tmp_path):
    """How many errors it finds in a file, those of syntax and of coreference."""
    file = tmp_path / "all.conllu"
    file.write_text(text, encoding="utf-8")
    state = Validator(lang="ud", level=2, check_coref=True, output=io.StringIO()).validate_files([str(file)])
    return sum(state.error_counter[IncidentType.ERROR].values())


def test_what_udapi_changes_is_all_that_changes(tmp_path):
    document = in_udapi(*SAMPLE)
    of = {entity.eid: entity for entity in document.coref_entities}
    prefix = RECORD["id"].replace("-", "_")
    other = of[f"{prefix}.e5"]
    (elided,) = [
        mention
        for mention in of[f"{prefix}.e1"].mentions
        if mention.words[0].is_empty() and mention.words[0].misc["Speaker"].startswith("q6:")
    ]
    elided.entity = other
    place = of[f"{prefix}.e15"]
    place.etype = "organization"
    records, told = read(document.to_conllu_string(), tmp_path)
    assert told == []
    assert changed(RECORD, records[0]) == {"quotes.5.speaker.entity": "e5", "entities.14.type": "ORG"}
    assert [changed(record, back) for record, back in zip(SAMPLE[1:], records[1:], strict=True)] == [{}] * len(
        SAMPLE[1:]
    )


def test_new_names_of_all_entities_change_nothing(tmp_path):
    document = in_udapi(*SAMPLE)
    for number, entity in enumerate(document.coref_entities, 1):
        entity.eid = f"x{number}"
    records, told = read(document.to_conllu_string(), tmp_path)
    assert told == []
    assert [changed(record, back) for record, back in zip(SAMPLE, records, strict=True)] == [{}] * len(SAMPLE)


def test_entities_that_udapi_takes_together_are_one(tmp_path):
    document = in_udapi(RECORD)
    of = {entity.eid.rpartition(".")[2]: entity for entity in document.coref_entities}
    gone = of["e16"]
    for mention in list(gone.mentions):
        mention.entity = of["e5"]
    document.eid_to_entity.pop(gone.eid)
    (back,), told = read(document.to_conllu_string(), tmp_path)
    assert told == []
    assert "e16" not in {entity["id"] for entity in back["entities"]}
    both = sum(len(entity["mentions"]) for entity in RECORD["entities"] if entity["id"] in ("e5", "e16"))
    (merged_entity,) = (entity for entity in back["entities"] if entity["id"] == "e5")
    assert len(merged_entity["mentions"]) == both
    assert {term["entity"] for term in back["terms"] if term.get("entity")} >= {"e5"}


def test_a_new_entity_takes_no_name_of_another(tmp_path):
    """Udapi calls the first new one e1, which is what the first of ours is called behind the id of its article."""
    document = in_udapi(RECORD)
    word = next(node for node in document.nodes if not node.coref_mentions)
    new = document.create_coref_entity(etype="place")
    new.create_mention(head=word, words=[word])
    assert new.eid == "e1"
    (back,), told = read(document.to_conllu_string(), tmp_path)
    assert told == []
    number = len(RECORD["entities"])
    assert {path.rpartition(".mentions")[0] or path for path in changed(RECORD, back)} <= {
        f"entities.{number}{field}" for field in ("", ".id", ".type", ".name")
    }
    assert back["entities"][number]["type"] == "GPE"


# What people write


HEAD = """# global.columns = ID FORM MISC TASRIH:QUOTE TASRIH:CUE TASRIH:SPEAKER TASRIH:ENTITY
# newdoc id = a
# tasrih.metadata.collection = "news"
# newpar id = p1
# text = وقالت ليلى: الماء عذب
"""
ROWS = """1-2	وقالت	_	*	*	*	*
1	و	_	*	*	*	*
2	قالت	_	*	q1:verb	*	*
3	ليلى	SpaceAfter=No	*	*	q1:named:e1	e1.1:PERS:named
4	:	_	*	*	*	*
5	الماء	_	q1:indirect	*	*	*
6	عذب	_	q1	*	*	*

"""
TEXT = "وقالت ليلى: الماء عذب"


def test_a_file_by_hand_is_a_record(tmp_path):
    (back,), told = read(HEAD + ROWS, tmp_path)
    assert told == []
    assert [paragraph["text"] for paragraph in back["paragraphs"]] == [TEXT]
    (quote,), (entity,) = back["quotes"], back["entities"]
    assert [span["text"] for span in quote["spans"]] == ["الماء عذب"]
    assert (quote["type"], quote["cue"]["text"], quote["cue"]["start"]) == ("indirect", "قالت", 1)
    assert (quote["speaker"]["entity"], quote["speaker"]["span"]["text"]) == ("e1", "ليلى")
    assert (entity["type"], entity["name"], entity["mentions"][0]["text"]) == ("PERS", "ليلى", "ليلى")


def test_a_proclitic_is_a_word_of_a_multiword_token(tmp_path):
    (back,), _ = read(HEAD + ROWS, tmp_path)
    rows = [line for line in text_of(CONLLU, back).splitlines() if not line.startswith("#")]
    assert [row.split("\t")[:2] for row in rows[:3]] == [["1-2", "وقالت"], ["1", "و"], ["2", "قالت"]]


def test_odd_white_space_comes_back(tmp_path):
    (back,), _ = read(HEAD + ROWS, tmp_path)
    paragraph = back["paragraphs"][0] | {"text": "\u00a0قال  x\t\\ |\u2003y"}
    record = back | {"paragraphs": [paragraph], "quotes": [], "entities": []}
    for chosen in (CONLLU, COREFUD):
        text = text_of(chosen, record)
        assert r"SpacesAfter=\s\s" in text
        assert r"SpacesBefore=\u00a0" in text
        (again,), told = read(text, tmp_path)
        assert (told, again["paragraphs"]) == ([], [paragraph])


def test_a_paragraph_may_be_cut_into_sentences(tmp_path):
    cut = ROWS.replace("5\tالماء", "\n1\tالماء").replace("6\tعذب", "2\tعذب")
    (back,), told = read(HEAD.replace(f"# text = {TEXT}\n", "") + cut, tmp_path)
    assert told == []
    assert [paragraph["text"] for paragraph in back["paragraphs"]] == [TEXT]
    assert [span["text"] for span in back["quotes"][0]["spans"]] == ["الماء عذب"]


def test_lines_of_windows_and_a_byte_order_mark_are_read(tmp_path):
    text = "\ufeff" + (HEAD + ROWS).replace("\n", "\r\n")
    assert read(text, tmp_path) == read(HEAD + ROWS, tmp_path, "b.conllu")


WRONG = {
    "the end is cut off": ((ROWS, ROWS.rstrip("\n") + "\n"), "12: the file ends without an empty line", {}),
    "a row is too short": (
        ("4\t:\t_\t*\t*\t*\t*", "4\t:\t_"),
        "10: 3 columns, and there should be 7; what is there was read.",
        {},
    ),
    "a column of others": (
        ("TASRIH:ENTITY", "TASRIH:ENTITY X:Y"),
        "1: column X:Y: nothing in a record is like it, and it is not read.",
        {},
    ),
    "another text": (
        ("# text = وقالت ليلى", "# text = وقال سامي"),
        f"5: the text is not that of the words below, which are read: {TEXT} …",
        {},
    ),
    "a number that is none": (("4\t:", "x\t:"), "10: ID 'x' is no number of a word, range or empty node", {}),
    "numbers that do not count": (("6\tعذب", "9\tعذب"), "12: ID '9' where 6 comes", {}),
    "words that do not make up the token": (
        ("1\tو\t", "1\tف\t"),
        "6: its words do not make up 'وقالت'",
        {"quotes.0.cue.text": "وقالت", "quotes.0.cue.start": 0},
    ),
    "no such type": (
        ("q1:indirect", "q1:shouted"),
        "11: a: the type of a quote cannot be shouted",
        {"quotes.0.type": "direct"},
    ),
    "no such entity": (("q1:named:e1", "q1:named:e7"), "9: a: a refers leads to e7, which is not there", {}),
    "no id": (
        ("q1:verb", "x9:verb"),
        "8: CUE 'x9:verb' does not begin with an id like q1; it was left out.",
        {"quotes.0.cue": None},
    ),
    "a comment that is no JSON": (('"news"', "news"), "3: what tasrih.metadata.collection says is no JSON", {}),
    "a comment that cannot be": (
        ('collection = "news"', 'published = "gestern"'),
        "3: metadata.published cannot be gestern",
        {"metadata.published": None},
    ),
    "an id that is none": (
        ("newdoc id = a", "newdoc id = A/b"),
        "2: A/b cannot be the id of a record; it is a-b there.",
        {},
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read(wrong, tmp_path):
    (old, new), message, difference = WRONG[wrong]
    (record,), _ = read(HEAD + ROWS, tmp_path)
    assert old in HEAD + ROWS
    (back,), told = read((HEAD + ROWS).replace(old, new), tmp_path)
    assert any(line.startswith(message) for line in told), told
    found = dict(leaves(back))
    assert {path: found.get(path) for path in difference} == difference
    assert back["paragraphs"] == record["paragraphs"]
    assert len(back["quotes"]) == len(back["entities"]) == 1


def test_a_document_that_is_there_already_is_left_out(tmp_path):
    records, told = read((HEAD + ROWS) * 2 + (HEAD + ROWS).replace("id = a", "id = b"), tmp_path)
    assert [record["id"] for record in records] == ["a", "b"]
    assert told == ["15: newdoc id a is that of line 2 too; it was left out."]


COREF = """# newdoc id = a
# global.Entity = eid-etype-head-other
# tasrih.metadata.collection = "news"
# newpar
# text = جاء مدير البلدية سالم اليوم
1	جاء	_	_	_	_	_	_	_	_
1.1	_	_	_	_	_	_	_	_	Entity=(e3-person-1)
2	مدير	_	_	_	_	_	_	_	Entity=(e1-person-1
3	البلدية	_	_	_	_	_	_	_	Entity=(e2-organization-1)
4	سالم	_	_	_	_	_	_	_	Entity=e1)
5	اليوم	_	_	_	_	_	_	_	_

"""


def test_a_file_of_another_corpus_in_corefud_is_a_record(tmp_path):
    (back,), told = read(COREF, tmp_path)
    assert told == []
    assert [(one["id"], one["type"], one["name"]) for one in back["entities"]] == [
        ("e1", "PERS", "مدير البلدية سالم"),
        ("e2", "ORG", "البلدية"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message", "left"),
    [
        ("Entity=e1)", "_", "8: Entity: e1 is opened here and closed nowhere; it was left out.", ["e2"]),
        ("Entity=(e1-person-1", "_", "10: Entity: e1 is closed here and was not opened", ["e2"]),
        ("organization", "animal", "9: Entity: no type of ours is 'animal'; e2 was left out.", ["e1"]),
        (
            "Entity=e1)",
            "Entity=e1)|Speaker=q1:named:e1",
            "10: a: a speaker leads to q1, which is not there",
            ["e1", "e2"],
        ),
        ("Entity=(e3-person-1)", "Cue=q1:verb", "7: CUE q1 is at an empty node, which has no words", ["e1", "e2"]),
    ],
)
def test_what_is_wrong_in_brackets_is_told_with_its_line(old, new, message, left, tmp_path):
    assert old in COREF
    (back,), told = read(COREF.replace(old, new), tmp_path)
    assert any(line.startswith(message) for line in told), told
    assert [entity["id"] for entity in back["entities"]] == left


def test_a_mention_in_pieces_is_told(tmp_path):
    pieces = COREF.replace("(e1-person-1", "(e1[1/2]-person-1)").replace("e1)", "(e1[2/2]-person-1)")
    (back,), told = read(pieces, tmp_path)
    assert told == ["8: Entity: e1 is in pieces here, which no mention can be; its first was kept."]
    assert back["entities"][0]["name"] == "مدير"


def test_a_treebank_without_anything_of_ours_is_a_text(tmp_path):
    text = COREF.replace("Entity=", "Gloss=").replace("# tasrih.metadata", "# x").replace("# newdoc id = a\n", "")
    (back,), told = read(text, tmp_path, "bank.conllu")
    assert [line.partition(": ")[2] for line in told] == [
        "no comments # tasrih.metadata say what is known of it; the least was filled in."
    ]
    assert (back["id"], back["metadata"]["collection"], back["entities"]) == ("bank", "imported", [])
    assert back["paragraphs"][0]["text"] == "جاء مدير البلدية سالم اليوم"


def test_what_has_no_words_is_refused():
    record = json.loads(json.dumps(RECORD))
    record |= {"quotes": [], "terms": [], "entities": [], "paragraphs": [record["paragraphs"][0] | {"text": "\u00a0"}]}
    with pytest.raises(tasrih.TasrihError, match="p1 has no words"):
        CONLLU.write(record)
