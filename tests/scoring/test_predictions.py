"""Predictions in every form, right ones and wrong ones: what they change in the figures, and what is told of them."""

import gzip
import json

import jsonschema
import pytest
from conftest import ROOT, read_json
from conftest import tasrih as run
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import articles, places

import tasrih
from tasrih.dataset.tags import LABELS
from tasrih.interchange.tei import from_tei
from tasrih.record import Article, to_json
from tasrih.standoff.models import withheld

SCHEMA = jsonschema.Draft202012Validator(read_json(ROOT / "schema/v1/predictions.schema.json"))
TEI = (
    '<TEI id="{}"><header><entity xml:id="sami" type="PERS"/><entity xml:id="layla" type="PERS"/></header>'
    '<p><cue>قال</cue> <speaker><persName ref="sami">سامي الحاج</persName></speaker>: '
    '"<said who="sami">وصل الماء أمس إلى كل بيت</said>".</p>'
    '<p>و<cue>أضافت</cue> <speaker><persName ref="layla">ليلى</persName></speaker> في "<term>الدار</term>": '
    '"<said who="layla">نعم نعم</said>".</p>'
    '<p><cue>ذكر</cue> <speaker><persName ref="sami">سامي</persName> و<persName ref="layla">ليلى</persName></speaker> '
    'أن <said type="indirect" who="sami">العمل انتهى</said>.</p></TEI>'
)


def article(name="a"):
    """Three quotes: of one, of the other, and of both together."""
    made = from_tei(TEI.format(name).encode())
    *alone, joint = made.quotes
    both = joint.model_copy(update={"speaker": joint.speaker.model_copy(update={"others": ("e2",)})})
    return made.model_copy(update={"quotes": (*alone, both)})


def offsets(span):
    return {"paragraph": int(span.paragraph[1:]), "start": span.start, "end": span.end}


def words(span, record):
    """A span by its words, and which of the places in its paragraph it is."""
    text = next(one.text for one in record.paragraphs if one.id == span.paragraph)
    begins = [start for start in range(len(text)) if text.startswith(span.text, start)]
    return {"text": span.text, "paragraph": span.paragraph, "occurrence": begins.index(span.start) + 1}


def by_phrase(participant, record):
    return {"span": words(participant.span, record)} if participant.span else by_entity(participant, record)


def by_name(participant, record):
    return {"name": next(one.name for one in record.entities if one.id == participant.entity)}


def by_entity(participant, _):
    return {"entity": participant.entity}


def line(record, spell=words, speak=by_phrase):
    """A record as predictions."""

    def spelt(span):
        return spell(span, record)

    return {
        "id": record.id,
        "quotes": [
            {
                "spans": list(map(spelt, quote.spans)),
                "type": quote.type,
                "cue": spelt(quote.cue) if quote.cue else None,
                "speaker": speak(quote.speaker, record) if quote.speaker else None,
            }
            for quote in record.quotes
        ],
        "terms": [{"span": spelt(term.span), "kind": term.kind} for term in record.terms],
        "mentions": [
            {"span": spelt(one), "type": entity.type, "entity": f"x {entity.id}"}
            for entity in record.entities
            for one in entity.mentions
        ],
    }


def counts(predicted, gold=None, **options):
    return tasrih.score([gold or article()], predicted, **options).groups["all"].counts


def changed(wrong):
    """What a wrong prediction counts otherwise than the right one."""
    right, found = counts([line(article())]), counts([wrong])
    return {name for name in right if right[name] != found[name]}


def planted(*changes):
    wrong = line(article())
    for *steps, last, value in changes:
        parent = wrong
        for step in steps:
            parent = parent[step]
        parent[last] = value
    return wrong


QUOTES = {"quotes exact", "quotes overlap"}
CUES = {"cues exact", "cues overlap"}
PHRASES = {"speakers exact", "speakers overlap"}
PERSON = {"attribution exact", "attribution", "speaker"}
MENTIONS = {"mentions exact", "mentions overlap"}
TERMS = {"terms exact", "terms overlap"}
LATER = {"paragraph": 2, "start": 0, "end": 1}


@pytest.mark.parametrize(
    ("change", "figures"),
    [
        (("quotes", 0, "type", "partial"), {"type"}),
        (("quotes", 0, "type", "shouted"), {"type"}),
        (("quotes", 0, "type", None), {"type"}),
        (("quotes", 0, "cue", LATER), CUES | {"cue"}),
        (("quotes", 0, "cue", {"text": "زعم"}), CUES | {"cue"}),
        (("quotes", 0, "cue", None), CUES | {"cue"}),
        (("quotes", 0, "speaker", {"span": {"text": "سامي الحاج"}, "name": "ليلى"}), PERSON),
        (("quotes", 0, "speaker", {"span": {"text": "سامي الحاج"}, "entity": "e99"}), PERSON),
        (("quotes", 0, "speaker", {"span": {"text": "سامي الحاج"}, "name": "نوال"}), PERSON),
        (("quotes", 0, "speaker", {"span": {"text": "ليلى"}}), PERSON | PHRASES),
        (("quotes", 0, "speaker", {"span": {"text": "الماء"}, "name": "سامي"}), PHRASES),
        (("quotes", 0, "speaker", {"span": {"text": "نوال"}}), PERSON | PHRASES),
        (("quotes", 0, "speaker", "سامي"), PERSON | PHRASES),
        (("quotes", 0, "speaker", None), PERSON | PHRASES),
        (("quotes", 0, "spans", [{"text": "الماء أمس إلى كل بيت"}]), {"quotes exact", "attribution exact"}),
        (("terms", 0, "span", {"text": "في"}), TERMS),
        (("terms", 0, "span", {"paragraph": 2, "start": 0, "end": 99}), TERMS),
        (("mentions", 0, "type", "ORG"), MENTIONS),
        (("mentions", 0, "type", "HERO"), MENTIONS),
        (("mentions", 0, "span", {"text": "الماء"}), MENTIONS),
        (("mentions", 0, "entity", "x e2"), set()),
    ],
)
def test_an_error_changes_the_figures_that_it_should_and_no_others(change, figures):
    assert changed(planted(change)) == figures


def test_a_quote_that_is_missing_costs_recall_and_one_that_is_made_up_precision():
    right = line(article())
    fewer = counts([right | {"quotes": right["quotes"][1:]}])
    more = counts([right | {"quotes": [*right["quotes"], {"spans": [{"text": "كل بيت", "paragraph": 1}]}]}])
    lost = counts([right | {"quotes": [*right["quotes"], {"spans": [{"text": "لا شيء"}]}]}])
    for name in ("quotes exact", "quotes overlap", "attribution"):
        assert (fewer[name].precision, fewer[name].recall) == (1, pytest.approx(2 / 3))
        assert (more[name].precision, more[name].recall) == (0.75, 1)
        assert more[name] == lost[name]
    for name in ("terms exact", "mentions exact"):
        assert fewer[name] == more[name] == lost[name] == counts([right])[name]


def test_the_entities_of_a_prediction_are_held_against_those_of_the_gold_standard_by_their_mentions():
    wrong = line(article(), speak=lambda one, _: {"entity": f"x {one.entity}"})
    assert changed(wrong) == set(PHRASES)
    for mention in wrong["mentions"]:
        mention["entity"] = "x e1"
    for quote in wrong["quotes"]:
        quote["speaker"] = {"entity": "x e1"}
    assert counts([wrong])["speaker"].matched == 2


def test_of_joint_speakers_one_is_enough():
    for name, matched in (("سامي", 3), ("ليلى", 3), ("نوال", 2)):
        assert counts([planted(("quotes", 2, "speaker", {"name": name}))])["speaker"].matched == matched
    joint = article().model_copy(update={"quotes": article().quotes[2:]})
    first = joint.quotes[0].speaker
    for entity, others in ((first.others[0], ()), (first.others[0], (first.entity,)), (first.entity, ())):
        speaker = first.model_copy(update={"entity": entity, "others": others})
        other = joint.model_copy(update={"quotes": (joint.quotes[0].model_copy(update={"speaker": speaker}),)})
        assert counts([other], joint)["speaker"].matched == 1


@settings(max_examples=30)
@given(
    articles(),
    st.sampled_from([words, lambda span, _: offsets(span)]),
    st.sampled_from([by_phrase, by_name, by_entity]),
)
def test_a_record_that_becomes_predictions_scores_as_it_did(document, spell, speak):
    record = Article.model_validate_json(json.dumps(document))
    predicted = json.loads(json.dumps(line(record, spell, speak)))
    assert SCHEMA.is_valid(predicted)
    scores = tasrih.score([record], [predicted])
    assert scores.invalid.invalid == 0
    for name in scores.counted:
        count = scores.groups["all"].counts[name]
        assert count.gold == count.predicted == count.matched, name


@settings(max_examples=150)
@given(st.data())
def test_whatever_an_answer_is_it_is_counted_and_told(data):
    value = data.draw(st.sampled_from([None, True, -1, 0, 1.5, 2**31, "", "x", "\0", "p0", [], {}, [[]], [{}]]))
    wrong = line(article())
    path = data.draw(st.sampled_from([path for path, _ in places(wrong) if path and path != ("id",)]))
    parent = wrong
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    if all(wrong.get(layer) is None for layer in ("quotes", "terms", "mentions")):
        return
    scores = tasrih.score([article()], [json.loads(json.dumps(wrong))])
    found = scores.invalid
    assert found.invalid <= found.answers
    assert len(found.reasons) == min(found.invalid, 5)
    if not SCHEMA.is_valid(wrong):
        assert found.invalid


def tags(record, column):
    """The tags of an article as the config `tokens` has them, by their names."""
    layer = column.removesuffix("_tags")
    names = ["O", *(f"{prefix}-{label}" for label in LABELS[layer] for prefix in "BI")]
    rows = tasrih.load(record).to_dataset("tokens")
    return [[names[tag] for tag in row] for row in rows[column]]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gold").mkdir()
    for name in "ab":
        (tmp_path / "gold" / f"{name}.json").write_bytes(to_json(article(name)))
    return tmp_path


def test_tags_become_what_they_mark(folder):
    columns = {
        name: tags(folder / "gold/a.json", name) for name in ("quote_tags", "cue_tags", "speaker_tags", "ner_tags")
    }
    scores = tasrih.score([article()], [{"id": "a", "tags": columns}])
    assert scores.counted == QUOTES | {"type"} | CUES | PHRASES | MENTIONS
    for name in scores.counted - {"cues exact", "mentions exact"}:  # a token has the letter that means "and"
        count = scores.groups["all"].counts[name]
        assert count.gold == count.predicted == count.matched > 0, name
    columns["cue_tags"][0][0] = "B-VERB"
    columns["quote_tags"][1].pop()
    broken = tasrih.score([article()], [{"id": "a", "tags": columns | {"tags": []}}])
    assert (broken.invalid.answers, broken.invalid.invalid) == (13, 3)
    told = "\n".join(broken.invalid.reasons)
    for reason in ("/tags/cue_tags/0: B-VERB is no tag", "/tags/quote_tags/1: p2 has", "/tags/tags: there is no such"):
        assert reason in told
    assert broken.groups["all"].counts["cues overlap"].matched == 2


def test_a_tag_that_goes_on_after_nothing_begins(folder):
    rows = tags(folder / "gold/a.json", "cue_tags")
    rows[0][0] = "I-CUE"
    assert counts([{"id": "a", "tags": {"cue_tags": rows}}])["cues overlap"].matched == 3


@pytest.mark.parametrize(
    ("span", "told"),
    [
        ({"text": "نعم", "occurrence": 2}, None),
        ({"text": "نعم", "occurrence": 3}, "is not there 3 times"),
        ({"text": "نعم", "paragraph": 1}, "is not in p1"),
        ({"text": "نَعَم"}, None),
        ({"text": "نعم", "paragraph": 9}, "is not in p9"),
        ({"paragraph": 9, "start": 0, "end": 1}, "there is no paragraph 9"),
        ({"paragraph": "p1", "start": 0, "end": 1}, None),
        ({"paragraph": 1, "start": 1, "end": 1}, "has no text at [1:1]"),
        ({"paragraph": 1, "start": 0, "end": 2**31 - 1}, "has no text at"),
        ({"paragraph": 1, "start": -1, "end": 1}, "is no span"),
        ("نعم", "is no span"),
    ],
)
def test_words_are_looked_up_and_offsets_held_against_the_text(span, told):
    found = tasrih.score([article()], [{"id": "a", "terms": [{"span": span}]}]).invalid
    assert found.invalid == bool(told)
    assert (told or "") in "".join(found.reasons)


def test_what_was_not_tried_is_not_counted():
    spans = [{"spans": quote["spans"]} for quote in line(article())["quotes"]]
    scores = tasrih.score([article()], [{"id": "a", "quotes": spans}])
    assert scores.counted == QUOTES
    assert scores.groups["all"].counts["terms exact"].f1 is scores.groups["all"].counts["attribution"].f1 is None
    nothing = tasrih.score([article()], [{"id": "a", "quotes": []}])
    assert nothing.counted == QUOTES | CUES | PHRASES | PERSON | {"type", "cue"}
    assert nothing.groups["all"].counts["attribution"].recall == 0
    some = tasrih.score([article()], [line(article())], layers=["quotes"])
    assert some.counted == QUOTES | {"type"}
    assert some.groups["all"].counts["cues exact"].f1 is None


def of_split(name, split):
    made = article(name)
    return made.model_copy(update={"metadata": made.metadata.model_copy(update={"split": split})})


def test_of_a_split_what_is_missing_counts_as_nothing_found():
    golds = [of_split("a", "test"), of_split("b", "test"), of_split("c", "train")]
    scores = tasrih.score(golds, [line(golds[0]), line(golds[2])], split="test")
    assert scores.missing == {"B": ["b"]}
    assert (scores.groups["all"].articles, scores.groups["all"].counts["quotes exact"].recall) == (2, 0.5)
    assert counts([line(golds[0]), line(golds[2])], golds[0])["quotes exact"].recall == 1
    with pytest.raises(tasrih.TasrihError, match="no article whose record says that it is in validation"):
        tasrih.score(golds, golds, split="validation")
    with pytest.raises(tasrih.TasrihError, match="no article in common"):
        tasrih.score(golds, [line(golds[2])], split="test")


def test_records_in_every_form_are_predictions():
    record = json.loads(to_json(article()))
    for form in (article(), tasrih.Article(article()), record, withheld(record), line(article()) | {"extra": 1}):
        found = counts([form])
        assert all(count.gold == count.predicted == count.matched for count in found.values())


def test_without_words_offsets_are_enough_and_words_are_asked_for(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(withheld(json.loads(to_json(article())))), "utf-8")
    right = line(article(), lambda span, _: offsets(span), by_name)
    assert tasrih.score(tmp_path, [right]).groups["all"].counts["attribution"].f1 == 1
    for wrong in (line(article()), {"id": "a", "tags": {"cue_tags": [[], [], []]}}):
        with pytest.raises(tasrih.TasrihError, match=r"a: its words are withheld.*tasrih hydrate"):
            tasrih.score(tmp_path, [wrong])


def written(path, *lines, head=b"", end=b"\n"):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(head + end.join(json.dumps(one, ensure_ascii=False).encode() for one in lines) + end)
    return path


def test_files_folders_and_standard_input(folder):
    lines = [line(article("a")), line(article("b"))]
    plain = written(folder / "plain.jsonl", *lines)
    odd = written(folder / "odd.jsonl", *lines, head=b"\xef\xbb\xbf", end=b"\r\n\r\n")
    written(folder / "lines/all.jsonl", *lines)
    for one in lines:
        written(folder / f"files/{one['id']}.json", one)
    expected = run("score", folder / "gold", plain)
    assert expected.returncode == 0, expected.stderr
    for other in (odd, folder / "lines", folder / "files"):
        assert run("score", folder / "gold", other).stdout == expected.stdout
    assert run("score", folder / "gold", "-", stdin=plain.read_bytes()).stdout == expected.stdout
    assert run("score", folder / "gold", "-", "-", stdin=b"{}").returncode == 2
    card = run("score", folder / "gold", "-", "--card", stdin=plain.read_bytes().splitlines()[0])
    assert "<stdin> lacks b." in card.stderr.decode()
    assert "name: <stdin>" in card.stdout.decode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "there are no records in it"),
        (b"[]\n", "p.jsonl:1: is no object"),
        (
            b'{"id": "a", "quotes": []}\n{"id": "a", "quotes": []}\n',
            "p.jsonl:2: the id a is taken twice: it is already",
        ),
        (b'{"id": "a", "quotes": []}\nnull\n', "p.jsonl:2: is no object"),
        (b'{"id": "a", "quotes": [\n', "p.jsonl:1: is no JSON"),
        (b'{"id": "a", "quotes": []\0}\n', "p.jsonl:1: is no JSON"),
        (b'{"id": 3, "quotes": []}\n', 'p.jsonl:1: has no "id"'),
        (b'{"id": "a", "quote": []}\n', "p.jsonl:1: has none of quotes"),
        (b'{"id": "zz", "quotes": []}\n', "no article in common"),
        (b'{"id": "\xff"}\n', "p.jsonl:1: is no JSON"),
        (b'{"id": "a", "quotes": ' + b"[" * 10**5 + b"]" * 10**5 + b"}\n", "p.jsonl:1: is no JSON"),
        (b'{"id": "a", "paragraphs": []}\n', "p.jsonl:1: not a valid record"),
        ('{"id": "a", "quotes": []}'.encode("utf-16"), "is no JSON"),
    ],
)
def test_what_is_no_prediction_is_refused_with_its_place(folder, data, told):
    (folder / "p.jsonl").write_bytes(data)
    done = run("score", folder / "gold", folder / "p.jsonl")
    assert done.returncode == 2
    assert told in " ".join(done.stderr.decode().split())
    alone = run("score", folder / "p.jsonl")
    assert alone.returncode == 2
    assert told in " ".join(alone.stderr.decode().split())


def test_what_is_compressed_and_does_not_say_so_is_told(folder):
    (folder / "p.jsonl").write_bytes(gzip.compress(b'{"id": "a", "quotes": []}\n'))
    done = run("score", folder / "p.jsonl")
    assert done.returncode == 2
    assert "what is compressed ends with .gz" in " ".join(done.stderr.decode().split())


def test_a_line_without_end_is_refused(folder):
    (folder / "p.jsonl").write_bytes(b'{"id": "a", "quotes": [' + b"{}," * 23_000_000 + b"{}]}")
    done = run("score", folder / "gold", folder / "p.jsonl")
    assert done.returncode == 2
    assert "has more than 64 MB" in " ".join(done.stderr.decode().split())


def test_what_cannot_be_read_is_told_with_its_place_and_steers_no_terminal(folder):
    wrong = planted(*(("quotes", number, "cue", {"text": "\x1b[31mلا\0"}) for number in range(3)))
    done = run("score", folder / "gold", written(folder / "p.jsonl", wrong, line(article("b"))))
    told = done.stderr.decode()
    assert "p.jsonl: 3 of 16 answers are invalid (18.8%) and count as wrong:" in told
    assert "p.jsonl:1: /quotes/0: " in told
    assert "\x1b" not in told
    many = {"id": "a", "terms": [{"span": 3}] * 9}
    told = run("score", folder / "gold", written(folder / "p.jsonl", many)).stderr.decode()
    assert "9 of 9 answers are invalid" in told
    assert "and 4 more" in told
    assert "has no quotes, cues, speakers, mentions: they are not counted." in told


def test_missing_articles_are_told_in_a_line_with_their_number(folder):
    for number in range(8):
        (folder / f"gold/c-{number}.json").write_bytes(to_json(article(f"c-{number}")))
    done = run("score", folder / "gold", written(folder / "p.jsonl", line(article())))
    assert done.returncode == 1
    assert "p.jsonl lacks b, c-0, c-1, c-2, c-3 and 4 more." in done.stderr.decode()


def test_ids_that_the_corpus_does_not_have_are_told_and_cut(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    known = tasrih.load()[0].id
    long = {"id": "x" * 10**5, "quotes": []}
    done = run("score", written(tmp_path / "p.jsonl", long, {"id": known, "quotes": []}))
    assert done.returncode == 1
    assert f"the corpus lacks {'x' * 59}…." in done.stderr.decode()
    strange = run("score", written(tmp_path / "p.jsonl", long))
    assert "the corpus and" in (told := " ".join(strange.stderr.decode().split()))
    assert "have no article in common" in told


def test_several_systems_stand_in_one_table(folder):
    right = written(folder / "right.jsonl", line(article("a")), line(article("b")))
    spans = [{"spans": quote["spans"]} for quote in line(article("a"))["quotes"][1:]]
    wrong = written(folder / "wrong.jsonl", {"id": "a", "quotes": spans}, {"id": "b", "quotes": spans})
    done = run("score", folder / "gold", right, wrong, COLUMNS="200")
    rows = [row.split() for row in done.stdout.decode().splitlines()]
    assert ["gold", "right", "wrong"] in rows
    assert ["quotes", "6", "1.000", "(1.000–1.000)", "0.800", "(0.800–0.800)"] in rows
    assert ["attribution", "≥", "½", "6", "1.000", "(1.000–1.000)", "–"] in rows
    assert ["invalid", "answers", "0.000", "0.000"] in rows
    figures = json.loads(run("score", folder / "gold", right, wrong, "--format", "json").stdout)["systems"]
    assert figures["right"]["groups"]["all"]["figures"]["attribution"]["f1"] == 1
    assert figures["wrong"]["groups"]["all"]["figures"]["attribution"]["f1"] is None
    assert figures["wrong"]["invalid"] == {"answers": 4, "invalid": 0, "reasons": []}
    assert run("score", folder / "gold", right, right).returncode == 2


def test_the_gold_standard_may_be_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    corpus = [one for one in tasrih.load().articles(collection="composed") if one.metadata.split == "test"]
    lines = [line(one.record, words, by_name) for one in corpus]
    alone = run("score", "--split", "test", "--layers", "quotes,speakers", written(tmp_path / "p.jsonl", *lines))
    assert alone.returncode == 1
    assert "p.jsonl lacks news-" in alone.stderr.decode()
    assert "The bundled corpus" in alone.stderr.decode()
    rows = [row.split() for row in alone.stdout.decode().splitlines()]
    assert next(row for row in rows if row[:1] == ["quotes"])[3] == "1.000"
    assert not any(row[:1] == ["terms"] for row in rows)
    wrong = run("score", "--split", "test", "--layers", "quotes,speaker", tmp_path / "p.jsonl")
    assert "Did you mean speakers?" in " ".join(wrong.stderr.decode().split())


def test_the_schema_is_described_with_examples_that_it_accepts():
    schema = SCHEMA.schema
    for model in (schema, *(one for one in schema["$defs"].values() if "properties" in one)):
        for field in model["properties"].values():
            assert field["description"]
            for example in field["examples"]:
                jsonschema.Draft202012Validator(field | {"$defs": schema["$defs"]}).validate(example)
    assert run("schema", "predictions").stdout.decode().strip().endswith("predictions.schema.json")
