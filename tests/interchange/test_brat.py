"""brat stand-off, as annotators leave it: what they changed is changed, what makes no sense is told with its line."""

import json
import re

import pytest
from conftest import RECORD, invoke, read_json
from own import record as own_record

from tasrih.interchange.brat import BRAT
from tasrih.record import Article, to_json
from tasrih.standoff.models import standoff, withheld

RECORDS = {"lights": own_record(), "lavrov": RECORD}


def laid(record, folder):
    """The corpus of a record, and the folder of its files for brat."""
    corpus, out = folder / "corpus/articles/harbour", folder / "brat"
    corpus.mkdir(parents=True)
    data = to_json(Article.model_validate_json(json.dumps(record)))
    (corpus / f"{record['id']}.json").write_bytes(data)
    assert invoke("export", "--to", "brat", corpus, "--out", out).exit_code == 0
    return corpus, out


@pytest.fixture
def lights(tmp_path):
    return laid(RECORDS["lights"], tmp_path)


def change(out, old, new, suffix=".ann"):
    """Changes what is said once in the file of an article; the number of the line."""
    (file,) = out.glob(f"*{suffix}")
    text = file.read_bytes().decode()
    assert text.count(old) == 1, text
    file.write_bytes(text.replace(old, new).encode())
    return text.split(old, maxsplit=1)[0].count("\n") + 1


def brought_back(corpus, out):
    """What is told without the names of the files, and the record of the corpus then."""
    done = invoke("import", "brat", out, "--onto", corpus)
    (file,) = corpus.glob("*.json")
    told = [re.sub(r".*/[\w-]+\.(ann|json):", "", line) for line in done.stderr.splitlines()]
    assert done.exit_code == int(any(line != " changed" for line in told))
    return told, read_json(file)


def differing(before, after):
    """The lines of the file that are not as they were."""
    old, new = (to_json(Article.model_validate_json(json.dumps(one))).decode().splitlines() for one in (before, after))
    return [line.strip() for line in new if line not in old]


def test_offsets_are_code_points_and_fragments_lie_apart(tmp_path):
    _, out = laid(RECORDS["lavrov"], tmp_path)
    text = next(out.glob("*.txt")).read_text(encoding="utf-8")
    assert text == "".join(f"{paragraph['text']}\n" for paragraph in RECORD["paragraphs"])
    marks = [line.split("\t") for line in next(out.glob("*.ann")).read_text(encoding="utf-8").splitlines()]
    found = 0
    for name, said, words in (mark for mark in marks if mark[0].startswith("T")):
        pieces = [tuple(map(int, piece.split())) for piece in said.partition(" ")[2].split(";")]
        assert words == " ".join(text[start:end] for start, end in pieces), name
        assert all("\n" not in text[start:end] for start, end in pieces)
        found += len(pieces) > 1
    assert found == sum(len(quote["spans"]) > 1 for quote in RECORD["quotes"])
    assert "Text direction:rtl" in (out / "visual.conf").read_text()


def test_every_label_is_in_the_configuration(tmp_path):
    _, out = laid(RECORDS["lavrov"], tmp_path)
    known = (out / "annotation.conf").read_text()
    lines = next(out.glob("*.ann")).read_text(encoding="utf-8").splitlines()
    labels = {line.split("\t")[1].split(" ")[0] for line in lines if line[0] in "TAR"}
    assert {label for label in labels if not re.search(rf"^{label}\b", known, re.MULTILINE)} == set()
    assert len(labels) > 12
    assert all(re.fullmatch("[A-Za-z0-9_-]+", label) for label in labels)


def test_only_what_was_changed_is_changed(lights):
    change(*lights[1:], "QuoteType T2 direct", "QuoteType T2 partial")
    told, record = brought_back(*lights)
    assert told == [" changed"]
    assert differing(RECORDS["lights"], record) == ['"type": "partial",']
    assert brought_back(*lights) == ([], record)


def test_a_new_quote_gets_an_id_and_a_removed_mention_is_told(lights):
    _, out = lights
    (file,) = out.glob("*.ann")
    text = file.read_text(encoding="utf-8")
    new = "T9\tQuote 21 36\tتعلن خطة للإنارة\nT10\tORG 6 20\tالمرفأ الأزرق\nR9\tSpokenBy Arg1:T9 Arg2:T10\n"
    file.write_text(text + new, encoding="utf-8")
    told, record = brought_back(*lights)
    assert [(quote["id"], quote["spans"][0]["text"]) for quote in record["quotes"]] == [
        ("q2", "تعلن خطة للإنارة"),
        ("q1", "سنضيء الرصيف كله قبل الشتاء"),
    ]
    assert record["quotes"][0]["speaker"] == {"entity": "e2", "form": "elided", "span": None}
    assert record["metadata"] == RECORDS["lights"]["metadata"]
    gone = "".join(line for line in text.splitlines(keepends=True) if "T1" not in line)
    file.write_text(gone, encoding="utf-8")
    told, record = brought_back(*lights)
    number = next(number for number, line in enumerate(gone.splitlines(), 1) if line.startswith("T4"))
    assert f"{number}: 2024-01-02-lights: a phrase refers to no mention; it is nobody's speaker." in told
    assert (record["entities"], record["quotes"][-1]["speaker"]) == ([], None)


def test_what_is_said_of_an_entity_does_not_go_with_its_first_mention(tmp_path):
    (known, *_) = [entity for entity in RECORD["entities"] if len(entity["mentions"]) > 2 and entity.get("link")]
    corpus, out = laid(RECORD, tmp_path)
    (file,) = out.glob("*.ann")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (mark,) = (line.split("\t")[1].split()[1] for line in lines if line.endswith(f"\t{known['id']}.1\n"))
    second = next(line.split("\t")[1].split()[1] for line in lines if line.endswith(f"\t{known['id']}.2\n"))
    left = [line for line in lines if line[0] == "R" or not re.search(rf"\b{mark}\b", line)]
    changed = [re.sub(rf":{mark}$", f":{second}", line) for line in left if f"Arg1:{second} Arg2:{mark}\n" not in line]
    file.write_text("".join(changed), encoding="utf-8")
    told, record = brought_back(corpus, out)
    assert told == [" changed"]
    (entity,) = (one for one in record["entities"] if one["id"] == known["id"])
    assert entity == known | {"mentions": known["mentions"][1:]}
    assert record["quotes"] == RECORD["quotes"]


def test_what_two_people_made_of_one_article_is_not_put_together_unseen(lights):
    corpus, out = lights
    change(out, "QuoteType T2 direct", "QuoteType T2 partial")
    for file in list(out.glob("2024*")):
        (out / "b").mkdir(exist_ok=True)
        (out / "b" / file.name).write_bytes(file.read_bytes())
    done = invoke("import", "brat", out, "--onto", corpus)
    assert done.exit_code == 1
    assert "2024-01-02-lights came back already, in " in done.stderr


MISTAKES = {
    "beyond the text": (("T3\tCue 38 42", "T3\tCue 938 942"), "T3: it ends at 942, and the text at"),
    "no such place": (("T3\tCue 38 42", "T3\tCue 38 x"), "T3: this says nothing that a record holds"),
    "other words": (
        ("T3\tCue 38 42\tقالت", "T3\tCue 38 42\tذكرت"),
        "from 38 on it is another",
    ),
    "unknown label": (("T3\tCue", "T3\tCUE"), "T3: CUE is no label of ours"),
    "unknown relation": (("R1\tReportedBy", "R1\tSaidBy"), "R1: SaidBy is no relation of ours"),
    "unknown attribute": (
        ("A3\tCueKind T3 verb", "A3\tTense T3 past"),
        "A3: T3 is nothing that can have the attribute Tense",
    ),
    "unknown value": (("CueKind T3 verb", "CueKind T3 vreb"), "the kind of a cue cannot be vreb"),
    "dangling": (("Arg1:T2 Arg2:T3", "Arg1:T2 Arg2:T33"), "a cue leads to T33, which is not there"),
    "wrong ends": (("ReportedBy Arg1:T2 Arg2:T3", "ReportedBy Arg1:T3 Arg2:T2"), "a cue leads to or from a cue"),
    "id twice": (("T3\tCue", "T2\tCue"), "T2: this id is taken twice"),
    "note of somebody": (("T2\tq1", "T2\tis this direct?"), "a record has no place for this note"),
    "over each other": (
        ("Quote 74 101\tسنضيء الرصيف كله قبل الشتاء", "Quote 74 90;80 101\t"),
        "the pieces of a quote lie over each other",
    ),
    "an event": (("A1\tMentionForm", "E1\tCue:T3\nA1\tMentionForm"), "E1: this says nothing that a record holds"),
    "a register": (("register:suhayla", "DBpedia:suhayla"), "N2: DBpedia is no register of ours"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_makes_no_sense_is_told_with_its_line_and_the_rest_is_kept(lights, name):
    (old, new), expected = MISTAKES[name]
    line = change(lights[1], old, new)
    line = 3 if name == "unknown value" else line  # that of what cannot have it
    done = invoke("import", "brat", lights[1])
    assert done.exit_code == 1
    found = [told for told in done.stderr.splitlines() if expected in told]
    assert len(found) == 1, done.stderr
    assert f".ann:{line}: " in found[0]
    assert len(json.loads(done.stdout)["quotes"]) == 1


def test_fragments_may_stand_in_any_order(lights):
    corpus, out = lights
    change(out, "Quote 74 101\tسنضيء الرصيف كله قبل الشتاء", "Quote 91 101;74 90\tقبل الشتاء سنضيء الرصيف كله")
    told, record = brought_back(corpus, out)
    assert told == [" changed"]
    assert [span["text"] for span in record["quotes"][0]["spans"]] == ["سنضيء الرصيف كله", "قبل الشتاء"]


def test_more_articles_go_into_the_folder_of_an_earlier_export(lights, tmp_path):
    other = tmp_path / "b.json"
    other.write_text(json.dumps(RECORD), encoding="utf-8")
    done = invoke("export", "--to", "brat", other, "--out", lights[1])
    assert done.exit_code == 0, done.stderr
    (lights[1] / "annotation.conf").write_text("[entities]\nMine\n", encoding="utf-8")
    other.write_text(json.dumps(RECORD | {"id": "b"}), encoding="utf-8")
    done = invoke("export", "--to", "brat", other, "--out", lights[1])
    assert done.exit_code == 1
    assert "annotation.conf: is there already" in done.stderr
    assert (lights[1] / "b.ann").is_file()


def test_a_folder_of_somebody_elses_names_gets_ids(lights):
    for file in list(lights[1].glob("2024*")):
        file.rename(lights[1] / f"Doc_01{file.suffix}")
    done = invoke("import", "brat", lights[1])
    assert (done.exit_code, json.loads(done.stdout)["id"]) == (0, "doc-01")


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(lights):
    for file in lights[1].glob("*.[at][nx][nt]"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert brought_back(*lights) == ([], RECORDS["lights"])


def test_marks_that_brat_made_in_a_text_with_line_ends_of_windows_are_where_they_were(lights):
    (text,) = lights[1].glob("*.txt")
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    (file,) = lights[1].glob("*.ann")
    for start, end in ((57, 71), (74, 101), (38, 42), (43, 71)):
        change(lights[1], f" {start} {end}\t", f" {start + 1} {end + 1}\t")
    assert file.read_bytes().count(b"\r") == 0
    assert brought_back(*lights) == ([], RECORDS["lights"])


def test_a_changed_text_is_told_where_it_begins_to_differ(lights):
    change(lights[1], "للإنارة", "جديدة للإنارة", ".txt")
    done = invoke("import", "brat", lights[1])
    assert "the text has “" in done.stderr
    assert "it was taken from there" in done.stderr
    (quote,) = json.loads(done.stdout)["quotes"]
    assert quote["spans"] == RECORDS["lights"]["quotes"][0]["spans"]
    told, record = brought_back(*lights)
    assert told[-1].endswith("it differs in p1 from character 29 on (للإنارة). Import it without --onto.")
    assert record == RECORDS["lights"]


def test_marks_without_their_text_are_told_and_an_empty_file_is_an_article_without_any(lights):
    (text,) = lights[1].glob("*.txt")
    (file,) = lights[1].glob("*.ann")
    file.write_bytes(b"")
    done = invoke("import", "brat", lights[1])
    assert (done.exit_code, json.loads(done.stdout)["quotes"]) == (0, [])
    text.unlink()
    done = invoke("import", "brat", lights[1])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no 2024-01-02-lights.txt beside it" in done.stderr


def test_a_file_that_was_cut_off_takes_nothing_from_the_corpus(lights):
    """Of a file in the middle of a line nothing is taken; of an empty one, with which brat begins, nothing is gone."""
    (file,) = lights[1].glob("*.ann")
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(b"\tAnnotatorNotes") + 6])
    told, record = brought_back(*lights)
    assert [line.partition(": ")[2] for line in told] == [
        "the file breaks off in this line: it was cut off, and nothing of it was taken."
    ]
    file.write_bytes(b"")
    told, record = brought_back(*lights)
    assert told == [" 2024-01-02-lights: nothing is marked in it any more; the record was left as it is."]
    assert record == RECORDS["lights"]
    file.write_bytes(whole.removesuffix(b"\n"))
    assert brought_back(*lights) == ([], record)


def test_annotations_without_words_are_read_with_the_text_of_whoever_has_it(tmp_path):
    corpus, out = tmp_path / "corpus/articles/harbour", tmp_path / "brat"
    corpus.mkdir(parents=True)
    record = RECORDS["lights"]
    bare = withheld(record)
    (corpus / f"{record['id']}.json").write_bytes(to_json(standoff().model_validate_json(json.dumps(bare))))
    assert invoke("export", "--to", "brat", corpus, "--out", out).exit_code == 0
    assert {file.suffix for file in out.iterdir()} == {".ann", ".conf"}
    words = {word for paragraph in record["paragraphs"] for word in paragraph["text"].split()} - set(
        record["entities"][0]["name"].split()
    )
    (file,) = out.glob("*.ann")
    assert not words & set(re.split(r"[\s\t]", file.read_text(encoding="utf-8")))
    (out / f"{record['id']}.txt").write_bytes(BRAT.write(record)[f"{record['id']}.txt"])
    assert brought_back(corpus, out) == ([], bare)
    change(out, "QuoteType T2 direct", "QuoteType T2 partial")
    assert brought_back(corpus, out)[1]["quotes"] == [bare["quotes"][0] | {"type": "partial"}]
