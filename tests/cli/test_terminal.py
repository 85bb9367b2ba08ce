"""What is printed: in any encoding, to any stream, and with nothing in it that steers a terminal, a reader or CI."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RECORD, ROOT, SEED, invoke
from hypothesis import given
from hypothesis import strategies as st

from tasrih.terminal import _IN_DATA, _json_escape, clean, message

RECORDS = ROOT / f"corpus/articles/news/{SEED}.json"
TEXT = 'الوزيرة تعلن خطة المياه\n\nقالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".\n'
NASTY = "\n::error file=a::x\n ##[error]x ##vso[task.setvariable]\x1b[31m\x9b2J\u202e\u2028\u200b\u00ad\r\x07\udcff"
STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2066\u2068\ufeff\ud800-\udfff]"
)
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def assert_harmless(shown, *, commands=False):
    assert not STEERS.findall(shown), ascii(shown[:2000])
    assert commands or not COMMAND.findall(shown), ascii(shown[:2000])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("مقال.txt", "مقال.txt"),
        ("a::b", "a::b"),
        ("::error::x", "\ufffd:error::x"),
        (" \u3000::error", " \u3000\ufffd:error"),
        ("##[error]", "\ufffd#[error]"),
        ("x##teamcity[y", "x\ufffd#teamcity[y"),
        ("## heading", "## heading"),
        ("a\nb\tc\rd", "a b c\ufffdd"),
        ("\x1b[31m\x9b\x00", "\ufffd[31m\ufffd\ufffd"),
        ("\u202e\u2066\u200f\u2028\u200b\u00ad\ufeff\u2060\U000e0041", "\ufffd" * 9),
        ("۝ \u0600", "۝ \u0600"),
        ("مقال".encode().decode("ascii", "surrogateescape"), "مقال"),
        ("\udcff\ud800", "\ufffd\ufffd"),
    ],
)
def test_what_steers_is_replaced_and_nothing_else(text, shown):
    assert clean(text) == shown


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_cleaned_text_is_on_one_line_as_long_as_before_and_harmless(text):
    assert len(clean(text)) == len(text)
    assert_harmless(clean(text))
    assert "\n" not in clean(text)
    assert clean(clean(text)) == clean(text)
    assert_harmless(message(text).replace("\u2067", "").replace("\u2069", ""))


@given(st.text(st.characters(exclude_categories=["Cs"], include_characters=":#["), max_size=80))
def test_data_are_the_same_when_what_steers_is_escaped(text):
    printed = _IN_DATA.sub(_json_escape, json.dumps({"x": text}, ensure_ascii=False))
    assert json.loads(printed) == {"x": text}
    assert_harmless(printed)


def walk(*arguments, code=None):
    """Runs a command on hostile things; what it prints is harmless, and it ends as it should."""
    done = invoke(*arguments)
    assert code is None or done.exit_code == code, (arguments, done.output)
    for shown in (done.stdout, done.stderr):
        assert_harmless(re.sub("[\u2067\u2069]", "", shown), commands="github" in arguments)
    return done


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """A folder with a hostile name, and in it a corpus, texts, lines and a text in TEI with hostile names and words."""
    monkeypatch.setenv("COLUMNS", "60")
    folder = tmp_path / f"f{NASTY}".replace("/", "")
    (folder / "corpus/articles/news").mkdir(parents=True)
    record = json.loads(json.dumps(RECORD))
    words = NASTY.replace("\udcff", "") * 3
    record["metadata"] |= {"agency": words, "publisher": words, "authors": [words], "source": None}
    record["paragraphs"][0]["text"] += words + "x" * 70 + "::error::y"
    record["entities"][0]["name"] = words
    for quote in record["quotes"]:
        quote["cue"] = quote["cue"] and quote["cue"] | {"text": words}
    for name, article_id in {f"{SEED}.json": SEED, f"r{NASTY}.json": "another"}.items():
        file = folder / "corpus/articles/news" / name
        file.write_text(json.dumps(record | {"id": article_id}), "utf-8")
    (folder / f"t{NASTY}.txt").write_text(f"{TEXT}{words}", "utf-8")
    (folder / f"bad{NASTY}.txt").write_bytes(b"\xff")
    lines = [{"id": words, "text": f"{TEXT}{words}", "publisher": words}, {"published": words, "text": TEXT}, words]
    (folder / f"l{NASTY}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    example = (ROOT / "docs/example.xml").read_bytes()
    (folder / f"x{NASTY}.xml").write_bytes(example.replace(b'<TEI id="2026-03-14-wadi-bridge">', b"<TEI>"))
    unseen = "a\u202e\u200b ##[error] ::x".encode()
    (folder / "good.xml").write_bytes(example.replace("الجسر الجديد".encode(), "الجسر ".encode() + unseen))
    return folder


def test_no_name_and_no_word_steers_what_a_command_prints(hostile):
    corpus = hostile / "corpus"
    inputs = [str(hostile), *map(str, hostile.glob("*.jsonl"))]
    walk("show", SEED, "--corpus", corpus, code=0)
    walk("show", NASTY, "--corpus", corpus, code=2)
    walk("show", SEED, "--corpus", hostile / NASTY.replace("/", ""), code=2)
    assert walk("search", "error", "--corpus", corpus, code=0).stdout
    walk("search", NASTY, "--corpus", corpus, code=2)
    walk("stats", corpus, code=0)
    walk("stats", hostile / "nowhere", code=2)
    assert len(walk("draft", *inputs, code=1).stderr.splitlines()) == 5
    walk("draft", *inputs, "--explain", code=1)
    walk("draft", *inputs, "--out", hostile / "out", code=1)
    walk("draft", *inputs, "--out", hostile / "out", code=1)
    walk("draft", *inputs, "--out", f"{hostile}/{NASTY}.json", code=2)
    walk("draft", "-", "--publisher", NASTY, code=2)
    for rendering in ("text", "json", "github"):
        walk("validate", hostile, "--format", rendering, code=1)
    walk("validate", corpus, "--diff")
    walk("validate", hostile / "nowhere", code=2)
    walk("validate", corpus, "--since", NASTY, code=2)
    walk("validate", corpus, "--select", NASTY, code=2)
    walk("explain", NASTY, code=2)
    walk("format", "--check", hostile, code=1)
    walk("format", hostile, code=0)
    walk("import", "tei", hostile, code=1)
    walk("import", "tei", hostile / "good.xml", code=0)
    walk("import", "tei", hostile, "--out", hostile / "records", code=1)
    walk("import", NASTY, hostile, code=2)
    walk("export", "--to", "tei", hostile / "records", code=0)
    walk("export", "--to", "tei", corpus, "--out", hostile / "tei", code=1)
    walk("score", corpus, hostile / "records", code=2)
    walk("score", corpus, ROOT / "corpus/articles/news", "--by", "phenomena")
    walk("agree", corpus, ROOT / "corpus/articles/news")
    walk("diff", corpus, hostile / "records", "--rules")
    walk("diff", corpus, hostile / "records", "--since", NASTY, code=2)
    walk("diff", corpus, "--since", NASTY, code=2)
    walk("build", "--out", hostile / "data", "--records", corpus, "--jobs", "1", code=2)
    walk("build", "--out", hostile / "good.xml", code=2)
    walk("verify", corpus, code=2)
    walk("push", NASTY, "--dataset", corpus, code=2)
    walk("withhold", corpus, "--out", hostile / "withheld", code=1)
    walk("hydrate", corpus, "--from", corpus, "--out", hostile / "filled", code=0)
    walk(f"c{NASTY}", code=2)
    walk(f"--{NASTY}", code=2)
    walk("show", f"--{NASTY}", code=2)


def test_no_name_in_a_dataset_steers_what_verify_prints(tmp_path):
    dataset = tmp_path / f"d{NASTY}".replace("/", "").replace("\udcff", "")
    walk("build", "--out", dataset, "--records", RECORDS, "--jobs", "1", code=0)
    walk("verify", dataset, code=0)
    (dataset / f"data/x{NASTY}".replace("##[", "")).write_bytes(b"x")
    walk("verify", dataset, code=1)
    walk("push", "someone/x", "--dataset", dataset, code=2)


def started(*arguments, locale=None, **streams):
    command = [sys.executable, "-c", "from tasrih.cli import main; main(prog_name='tasrih')", *map(str, arguments)]
    return subprocess.run(command, env=os.environ | {"COLUMNS": "100"} | (locale or {}), check=False, **streams)


ENCODINGS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "cp1256": {"PYTHONIOENCODING": "cp1256"},
    "utf-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gets_what_it_has(tmp_path, encoding):
    (tmp_path / "مقال.txt").write_text(TEXT, "utf-8")
    for arguments, code in (
        (["show", SEED], 0),
        (["search", "طالبان", "--corpus", RECORDS], 0),
        (["draft", tmp_path / "مقال.txt", "--explain"], 0),
        (["show", "مقال"], 2),
    ):
        done = started(*arguments, locale=ENCODINGS[encoding], capture_output=True)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
        shown = (done.stdout or done.stderr).decode(encoding)
        assert shown.strip()
        assert bool(re.search("[\u0621-\u064a]", shown)) == (encoding != "cp1252")
        assert encoding != "cp1256" or "??" not in shown


def test_data_are_utf_8_in_every_encoding(tmp_path):
    (tmp_path / "مقال.txt").write_text(TEXT, "utf-8")
    locale = ENCODINGS["cp1252"]
    drafted = started("draft", tmp_path / "مقال.txt", "--publisher", "النشرة", locale=locale, capture_output=True)
    assert json.loads(drafted.stdout)["metadata"]["publisher"] == "النشرة"
    assert drafted.stderr.decode("ascii").startswith(f"{tmp_path}/????.txt: drafted as mql-")
    (tmp_path / "a.json").write_bytes(drafted.stdout)
    report = started("validate", tmp_path / "a.json", "--format", "json", locale=locale, capture_output=True)
    assert json.loads(report.stdout)["records"] == 1


@pytest.mark.parametrize("arguments", [["show", SEED], ["stats", RECORDS], ["validate", RECORDS], ["--help"]])
def test_a_full_disk_is_told_and_a_closed_stream_is_nobodys_loss(arguments):
    with Path("/dev/full").open("wb") as full:
        done = started(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].endswith("No space left on device")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def shell(line):
    command = f"{sys.executable} -c \"from tasrih.cli import main; main(prog_name='tasrih')\""
    return subprocess.run(["sh", "-c", line.replace("tasrih", command)], capture_output=True, check=False)


@pytest.mark.parametrize(
    "line",
    [
        f"tasrih show {SEED} | head -c 5",
        "tasrih export --to tei | head -c 5",
        f"tasrih show {SEED} >&-",
        f"tasrih stats {RECORDS} >&-",
        "tasrih draft - <&-",
        "tasrih draft nowhere.txt 2>&-",
        "tasrih draft nowhere.txt 2>/dev/full",
    ],
)
def test_streams_that_end_early_give_no_traceback(line):
    assert not re.search(rb"Traceback|Exception ignored|Error:", shell(line).stderr)


def test_a_command_that_is_interrupted_says_so_and_exits_as_shells_have_it():
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from tasrih.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "validate", "-"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes) as run:
        run.stdin.write(b" " * 2**20)  # more than a pipe holds: the command is reading
        run.stdin.flush()
        run.send_signal(signal.SIGINT)
        told = run.stdout.read(), run.stderr.read()
    assert (run.returncode, *told) == (130, b"", b"Interrupted.\n")
