"""Every format of the registry: what goes out comes back, but for what the format says that it cannot say."""

import copy
import json
import random

import pytest
import update_formats
from conftest import RECORD, WITH_WORDS, invoke, read_json
from hypothesis import given, settings
from own import record as own_record
from strategies import WITHOUT_SHRINKING, articles, places

import tasrih
from tasrih import choices
from tasrih.files import flowing
from tasrih.interchange.conversion import exported, imported
from tasrih.interchange.formats import Format
from tasrih.interchange.inputs import Source
from tasrih.interchange.losses import Loss, left_out, said, without
from tasrih.interchange.merging import merged
from tasrih.interchange.registry import FORMATS
from tasrih.record import Article, to_json
from tasrih.standoff.models import withheld

BOTH = [name for name, one in FORMATS.items() if one.read and one.write]
OUT = [name for name, one in FORMATS.items() if one.write]
SAMPLE = [RECORD, *map(read_json, WITH_WORDS[::6])]


def whole(record):
    """A record with every field."""
    return Article.model_validate_json(json.dumps(record)).model_dump(mode="json")


def all_said(value):
    """The same without fields that say nothing."""
    if isinstance(value, dict):
        return {name: all_said(inner) for name, inner in value.items() if said(inner)}
    return [all_said(item) for item in value] if isinstance(value, list) else value


def in_order(record):
    """A generated record whose spans are in reading order, as the rules want them, and not over one another."""
    order = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}

    def place(span):
        return order[span["paragraph"]], span["start"], -span["end"]

    for quote in record["quotes"]:
        first, *rest = sorted(quote["spans"], key=place)
        quote["spans"] = [first, *(span for span in rest if place(span)[:2] > (place(first)[0], first["end"]))]
    for entity in record["entities"]:
        entity["mentions"].sort(key=place)
    return record


def there_and_back(name, record, folder):
    """What is read from the files of a record, and what is told."""
    chosen = FORMATS[name]
    folder.mkdir(exist_ok=True, parents=True)
    stream = chosen.stream
    for file, data in chosen.write(record).items():
        around = (stream.head, data, stream.tail) if stream else (data,)
        (folder / file).write_bytes(b"".join(around))
    (file,) = (file for file in folder.iterdir() if file.suffix == chosen.suffixes[0])
    *told, back = chosen.read(Source(str(file), onto=lambda _: record))
    return back, list(map(str, told))


def check_there_and_back(name, record, folder):
    back, told = there_and_back(name, record, folder)
    losses = FORMATS[name].losses
    assert told == []
    assert all_said(without(whole(back), losses)) == all_said(without(whole(record), losses))
    assert merged(record, back, losses) == (record, [])


@pytest.mark.parametrize("name", BOTH)
def test_the_corpus_comes_back(name, tmp_path):
    for number, record in enumerate(SAMPLE):
        check_there_and_back(name, record, tmp_path / str(number))


@pytest.mark.parametrize("name", BOTH)
def test_every_record_comes_back(name, tmp_path_factory):
    @settings(max_examples=30, phases=WITHOUT_SHRINKING)
    @given(articles())
    def check(record):
        check_there_and_back(name, in_order(record), tmp_path_factory.mktemp("back"))

    check()


@pytest.mark.parametrize("name", [name for name in BOTH if name != "tei"])
def test_what_was_taken_out_leaves_a_gap_in_the_ids(name, tmp_path):
    """As after a quote was taken out in another tool: the record goes out again, and its ids stay."""
    record = copy.deepcopy(RECORD)
    del record["terms"][0], record["quotes"][4]
    check_there_and_back(name, record, tmp_path)


@pytest.mark.parametrize("name", OUT)
def test_what_is_left_out_is_told_with_counts(name, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(RECORD), encoding="utf-8")
    done = invoke("export", "--to", name, tmp_path / "a.json", "--out", f"{tmp_path}/out/")
    assert done.exit_code == 0, done.stderr
    counts = left_out(RECORD, FORMATS[name].losses)
    expected = [f"{name} leaves out {counts[loss.path]} × {loss.path}: {loss.why}" for loss in FORMATS[name].losses]
    assert done.stderr.splitlines() == [line for line in expected if "leaves out 0" not in line]
    files = {file.name for file in (tmp_path / "out").iterdir()}
    assert files >= {item.name for item in exported([tmp_path / "a.json"], name)} > set()
    again = invoke("export", "--to", name, tmp_path / "a.json", "--out", f"{tmp_path}/out/")
    assert again.exit_code == 1
    assert "is there already" in again.stderr


@pytest.mark.parametrize("name", BOTH)
def test_what_comes_back_unchanged_changes_nothing(name, tmp_path):
    corpus = tmp_path / "corpus/articles/news"
    corpus.mkdir(parents=True)
    for record in SAMPLE[:4]:
        data = to_json(Article.model_validate_json(json.dumps(record)))
        (corpus / f"{record['id']}.json").write_bytes(data)
    before = {file: file.read_bytes() for file in corpus.iterdir()}
    assert invoke("export", "--to", name, tmp_path / "corpus", "--out", f"{tmp_path}/out/").exit_code == 0
    done = invoke("import", name, tmp_path / "out", "--onto", tmp_path / "corpus")
    assert (done.exit_code, done.output) == (0, "")
    assert {file: file.read_bytes() for file in corpus.iterdir()} == before


@pytest.mark.parametrize("name", [name for name in OUT if FORMATS[name].printed])
def test_it_is_printed(name, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(RECORD), encoding="utf-8")
    done = invoke("export", "--to", name, tmp_path / "a.json")
    assert done.exit_code == 0
    assert len(done.stdout) > 100


@pytest.mark.parametrize("name", [name for name in choices.FORMATS if FORMATS[name].read])
def test_what_is_none_of_it_is_told_with_its_file(name, tmp_path):
    for number, data in enumerate((b"", b"\xff\xfe", b"\0", b"{", b"[[[]]]", "قال".encode(), b"a\tb\tc\n" * 3)):
        file = tmp_path / f"{number}{FORMATS[name].suffixes[0]}"
        file.write_bytes(data)
        items = list(imported(str(file), name, onto=WITH_WORDS[0] if FORMATS[name].textless else None))
        assert items, data
        for item in items:
            if isinstance(item, tasrih.TasrihError):
                assert str(item).startswith(str(tmp_path))
                assert "by a mistake in Tasrih" not in str(item)


def test_a_folder_without_files_of_the_format_is_told_and_the_rest_is_read(tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none/a.conllu").touch()
    there_and_back("conllu", own_record(), tmp_path / "files")
    told, made = imported([str(tmp_path / "none"), str(tmp_path / "files")], "conllu")
    assert str(told).startswith(f"{tmp_path}/none: there is no .conllup file in it.")
    assert made.name == f"{own_record()['id']}.json"


@pytest.mark.parametrize("name", ["brat", "web-annotation", "cas-json", "conllu"])
def test_files_in_another_encoding_are_told_with_what_they_seem_to_be(name, tmp_path):
    there_and_back(name, own_record(), tmp_path / "files")
    (file,) = (tmp_path / "files").glob(f"*{FORMATS[name].suffixes[0]}")
    file.write_bytes(file.read_text(encoding="utf-8").encode("utf-16"))
    (told,) = imported(str(file), name)
    assert str(told).startswith(f"{file}:1: not UTF-8 (byte 0). It looks like UTF-16. Convert it: ")


@pytest.mark.parametrize("name", ["brat", "web-annotation"])
def test_what_has_a_file_beside_it_is_not_read_from_standard_input(name):
    there = invoke("import", name, "-", stdin=b'[{"target": "a"}]')
    assert (there.exit_code, there.stdout) == (1, "")
    assert "<stdin>: a .txt file beside it belongs to it, and standard input has none." in there.stderr


PIECES = [b"9", b"-", b"\t", b" ", b"T1", b"\n", b"null", b"[", b"{", b'"', b"9" * 20, b"\xff", b":", b"true", b"1.5"]


@pytest.mark.parametrize("name", BOTH)
def test_damaged_files_are_told_and_never_surprise(name, tmp_path):
    record, rng = own_record(), random.Random(1)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.json").write_text(json.dumps(record), encoding="utf-8")
    there_and_back(name, record, tmp_path / "files")
    (file,) = (tmp_path / "files").glob(f"*{FORMATS[name].suffixes[0]}")
    whole = file.read_bytes()
    told = 0
    for _ in range(100):
        data, place = whole, rng.randrange(len(whole))
        for _ in range(rng.randint(1, 3)):
            place, lines = rng.randrange(len(data)), data.split(b"\n")
            rng.shuffle(lines)
            cut = data[:place] + data[place + rng.randint(1, 6) :]
            put = data[:place] + rng.choice(PIECES) + data[place:]
            data = rng.choice([cut, put, put, b"\n".join(lines)])
        file.write_bytes(data)
        for onto in (corpus, corpus) if FORMATS[name].textless else (None, corpus):
            for item in imported(str(file), name, onto=onto):
                assert "by a mistake in Tasrih" not in str(item)
                told += isinstance(item, tasrih.TasrihError)
    assert told > 50


@pytest.mark.parametrize(
    ("name", "file", "out"),
    [
        ("cas-json", f"{own_record()['id']}.json", "."),
        ("label-studio", f"{own_record()['id']}.json", "."),
        ("predictions", "a.jsonl", "a.jsonl"),
    ],
)
def test_no_export_takes_the_place_of_what_it_is_made_of(name, file, out, tmp_path):
    """Not even with --force: a file that is called as the record is, and one for all articles."""
    (tmp_path / file).write_text(json.dumps(own_record()) + "\n", encoding="utf-8")
    whole = (tmp_path / file).read_bytes()
    done = invoke("export", "--to", name, tmp_path / file, "--out", tmp_path / out, "--force")
    assert done.exit_code == 1
    assert f"{file}: an article is read from it. Choose another --out." in done.stderr
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(file, whole)]


def test_the_page_of_formats_is_up_to_date():
    assert update_formats.PAGE.read_text(encoding="utf-8") == update_formats.page()


def test_every_loss_is_a_field_of_the_record_that_says_why():
    fields = set()
    for record in [whole(record) for record in SAMPLE]:
        for path, _ in places(record):
            fields.add(".".join(step for step in path if isinstance(step, str)))
    for one in FORMATS.values():
        assert {loss.path.replace("[]", "") for loss in one.losses} <= fields | {"waivers"}
        assert all(loss.why for loss in one.losses)


LOST = [Loss(path, "x") for path in ("quotes[].phenomena", "entities[].mentions[].form")]


def test_what_is_gone_takes_with_it_what_referred_to_it():
    base, new = copy.deepcopy(RECORD), copy.deepcopy(RECORD)
    speaker = base["quotes"][0]["speaker"]["entity"]
    new["entities"] = [entity for entity in new["entities"] if entity["id"] != speaker]
    made, told = merged(base, new, LOST)
    gone = [quote["id"] for quote in base["quotes"] if (quote["speaker"] or {}).get("entity") == speaker]
    assert [line for line in told if line.startswith("the speaker of")] == [
        f"the speaker of {name} was {speaker}, which is gone." for name in gone
    ]
    assert {quote["id"] for quote in made["quotes"] if quote["speaker"] is None} >= set(gone)


def test_waivers_follow_what_they_are_about():
    base, new = copy.deepcopy(RECORD), copy.deepcopy(RECORD)
    base["waivers"] = [{"rule": "Q101", "at": at, "reason": "x"} for at in ("", "/quotes/0/cue", "/quotes/2/spans/0")]
    del new["quotes"][0]
    made, told = merged(base, new, [Loss("waivers", "x")])
    assert [waiver["at"] for waiver in made["waivers"]] == ["", "/quotes/1/spans/0"]
    assert "the waiver of Q101 was at /quotes/0/cue, which is gone." in told


def test_waivers_that_came_back_follow_what_they_are_about_as_well():
    base = copy.deepcopy(RECORD)
    base["waivers"] = [{"rule": "Q101", "at": at, "reason": "x"} for at in ("/quotes/0/cue", "/quotes/2/spans/0")]
    new = copy.deepcopy(base)
    del new["quotes"][0]
    new["waivers"].append({"rule": "Q102", "at": "/quotes/3", "reason": "new"})
    made, told = merged(base, new, [])
    assert [waiver["at"] for waiver in made["waivers"]] == ["/quotes/1/spans/0", "/quotes/3"]
    assert "the waiver of Q101 was at /quotes/0/cue, which is gone." in told


def test_a_record_among_others_in_a_file_is_written_elsewhere(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    assert invoke("export", "--to", "brat", tmp_path / "a.jsonl", "--out", tmp_path / "out").exit_code == 0
    (file,) = (tmp_path / "out").glob("*.ann")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(" direct\n", " partial\n", 1), encoding="utf-8")
    done = invoke("import", "brat", tmp_path / "out", "--onto", tmp_path / "a.jsonl")
    assert (done.exit_code, "Write it elsewhere with --out" in done.stderr) == (1, True)
    done = invoke("import", "brat", tmp_path / "out", "--onto", tmp_path / "a.jsonl", "--out", tmp_path / "new")
    assert (done.exit_code, [path.stem for path in (tmp_path / "new").iterdir()]) == (0, [RECORD["id"]])


def test_a_span_that_moved_a_little_keeps_what_the_format_cannot_say():
    base, new = copy.deepcopy(RECORD), copy.deepcopy(RECORD)
    base["entities"][0]["mentions"][0]["form"] = "nominal"
    new["entities"][0]["mentions"][0] |= {"end": new["entities"][0]["mentions"][0]["end"] - 1, "form": "named"}
    made, _ = merged(base, new, LOST)
    moved = made["entities"][0]["mentions"][0]
    assert (moved["form"], moved["end"]) == ("nominal", base["entities"][0]["mentions"][0]["end"] - 1)


def test_the_pieces_of_a_stream_are_one_file_or_none(tmp_path):
    with flowing(f"{tmp_path}/out/", "all.csv", force=False) as put:
        for name, data in (("all.csv", b"a\n"), ("schema.json", b"{}"), ("all.csv", b"b\n")):
            put(name, data)
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == {
        "all.csv": b"a\nb\n",
        "schema.json": b"{}",
    }
    with (
        pytest.raises(tasrih.RefusedError, match="is there already"),
        flowing(f"{tmp_path}/out/", "all.csv", force=False),
    ):
        pass

    def broken():
        with flowing(f"{tmp_path}/one.csv", "all.csv", force=False) as put:
            put("all.csv", b"a\n")
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        broken()
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", [name for name in OUT if not FORMATS[name].without_words])
def test_records_without_words_alone_are_nothing_to_export(name, tmp_path):
    record = own_record()
    for file, made in (("a.json", withheld(record)), ("b.json", record | {"id": "b"})):
        (tmp_path / file).write_text(json.dumps(made), encoding="utf-8")
    alone = invoke("export", "--to", name, tmp_path / "a.json", "--out", f"{tmp_path}/alone/")
    both = invoke("export", "--to", name, tmp_path / "a.json", tmp_path / "b.json", "--out", f"{tmp_path}/both/")
    assert (alone.exit_code, both.exit_code) == (1, 0)
    assert "its words are withheld" in alone.stderr


def test_a_library_that_is_missing_is_told_with_the_extra_that_has_it():
    missing = Format("x", "x", (".x",), extra="cas", modules=("no_such_module",))
    with pytest.raises(tasrih.TasrihError, match=r"needs no_such_module, .* 'tasrih\[cas\]'"):
        missing.check_installed()


@pytest.mark.parametrize("text", ["أحمر\u2028أزرق", "أحمر\nأزرق", "أحمر\x85أزرق"])
def test_a_paragraph_with_a_line_break_cannot_be_one_line(text, tmp_path):
    record = RECORD | {"quotes": [], "terms": [], "entities": [], "waivers": []}
    record["paragraphs"] = [{"id": "p1", "role": "body", "text": text}]
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    done = invoke("export", "--to", "brat", tmp_path / "a.json", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "a.json: p1 has a line break in it" in done.stderr
