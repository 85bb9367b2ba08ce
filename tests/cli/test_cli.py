"""The command line, as a person at a terminal meets it."""

import json

import pytest
from conftest import ROOT, SEED, few_of_the_corpus, tasrih


def test_help_lists_the_commands_in_the_order_of_the_work():
    lines = tasrih("--help").stdout.decode().partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == [
        "new",
        "show",
        "list",
        "quotes",
        "search",
        "stats",
        "explore",
        "cite",
        "draft",
        "review",
        "confirm",
        "validate",
        "explain",
        "schema",
        "format",
        "import",
        "export",
        "score",
        "agree",
        "diff",
        "datasheet",
        "build",
        "verify",
        "push",
        "withhold",
        "hydrate",
    ]
    assert all(line.endswith(".") and "..." not in line for line in lines)


def test_show_isolates_right_to_left_text_and_colours_it():
    plain = tasrih("show", SEED).stdout.decode()
    paragraphs = [line for line in plain.splitlines() if "لافروف" in line]
    assert paragraphs
    assert all(line.count("\u2067") == line.count("\u2069") > 0 for line in paragraphs)
    assert "q8  partial  p6" in plain
    coloured = tasrih("show", SEED, FORCE_COLOR="1", TERM="xterm-256color").stdout.decode()
    assert "\x1b[" in coloured


def test_text_cannot_steer_the_terminal(tmp_path, seed):
    seed["paragraphs"][0]["text"] = "\x1b]0;owned\x07\u202e" + seed["paragraphs"][0]["text"]
    (tmp_path / f"{SEED}.json").write_text(json.dumps(seed), encoding="utf-8")
    for arguments in (
        ["show", SEED, "--corpus", tmp_path],
        ["validate", tmp_path],
        ["search", "owned", "--corpus", tmp_path],
    ):
        shown = tasrih(*arguments).stdout.decode()
        assert shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_stats_search_and_cite_print_what_is_there():
    assert "indirect" in tasrih("stats").stdout.decode()
    hits = tasrih("search", "طالبان").stdout.decode().splitlines()
    assert [line.split()[1].split(":")[0] for line in hits] == ["p9", "p11"]
    assert tasrih("cite").stdout.decode().startswith("@misc{tasrih")


def test_validate_exits_with_0_1_and_2(tmp_path, seed):
    assert tasrih("validate").returncode == 0
    seed["quotes"][3]["speaker"]["entity"] = "e99"
    (tmp_path / f"{SEED}.json").write_text(json.dumps(seed), encoding="utf-8")
    broken = tasrih("validate", tmp_path)
    assert broken.returncode == 1
    assert f"{SEED}.json:1:" in broken.stdout.decode()
    assert "Q113 error" in broken.stdout.decode()
    assert tasrih("validate", tmp_path / "nowhere").returncode == 2


def test_records_are_read_from_standard_input(seed):
    seed["id"] = "2021-10-14-lavrov-afghanistan"
    run = tasrih("validate", "-", stdin=json.dumps(seed).encode())
    assert run.returncode == 1
    assert b"<stdin>:1:" in run.stdout
    assert b"M119" in run.stdout


def test_standard_input_may_be_json_lines_or_one_record_over_many_lines(seed):
    seed["id"] = "2021-10-14-lavrov-afghanistan"
    line = json.dumps(seed).encode()
    assert b"<stdin>:3:" in tasrih("validate", "-", stdin=line.replace(b"-14-", b"-13-") + b"\n\n" + line).stdout
    assert b"<stdin>:3:" in tasrih("validate", "-", stdin=json.dumps(seed, indent=1).encode()).stdout
    assert b"S103" in tasrih("validate", "-").stdout


def test_formats_are_printed_and_capped(seed):
    for quote in seed["quotes"][:3]:
        quote["speaker"]["entity"] = "e99"
    given = json.dumps(seed).encode()
    assert len(json.loads(tasrih("validate", "-", "--format", "json", stdin=given).stdout)["findings"]) == 3
    assert tasrih("validate", "-", "--format", "github", "--max", "2", stdin=given).stdout.count(b"::error") == 2
    assert json.loads(tasrih("validate", "-", "--format", "sarif", stdin=given).stdout)["version"] == "2.1.0"
    assert tasrih("validate", "-", "--format", "xml", stdin=given).returncode == 2


def test_explain_knows_every_rule():
    listed = tasrih("explain").stdout.decode().splitlines()
    assert len(listed) > 50
    explained = tasrih("explain", "q101").stdout.decode()
    assert "guidelines 3" in explained
    assert [line for line in explained.splitlines() if line.endswith(":")] == ["bad:", "found:", "good:"]
    assert tasrih("explain", "Q999").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "nobody"],
        ["build"],
        ["validate", "nowhere.json"],
        ["validate", "docs/tutorials"],
        ["validate", "--since", "nowhere"],
        ["stats", "nowhere"],
        ["build", "--out", "pyproject.toml"],
    ],
)
def test_wrong_use_is_explained_without_a_traceback(arguments):
    run = tasrih(*arguments)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr
    assert run.stderr.strip()


def test_unreadable_corpora_are_explained(tmp_path):
    few_of_the_corpus(tmp_path / "corpus")
    (tmp_path / f"corpus/articles/news/{SEED}.json").write_text("{", encoding="utf-8")
    for arguments in (["show", SEED, "--corpus", tmp_path / "corpus"], ["stats", tmp_path / "corpus"]):
        run = tasrih(*arguments)
        assert run.returncode == 2
        assert b"Traceback" not in run.stderr


def test_build_writes_where_it_is_told(tmp_path):
    run = tasrih("build", "--out", tmp_path / "dataset", "--records", ROOT / f"corpus/articles/news/{SEED}.json")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "dataset/manifest.json").is_file()


def broken_corpus(tmp_path):
    folder = tmp_path / "corpus"
    few_of_the_corpus(folder)
    file = folder / f"articles/news/{SEED}.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"start": 22, "end": 218', '"start": 20, "end": 216'), "utf-8"
    )
    return folder, file


def test_a_drifted_span_is_one_finding_shown_and_mended(tmp_path):
    folder, file = broken_corpus(tmp_path)
    found = tasrih("validate", folder)
    assert found.stdout.decode().count(" error: ") == 1
    broken = file.read_bytes()
    shown = tasrih("validate", folder, "--diff")
    assert '+        {"paragraph": "p4", "start": 22, "end": 218' in shown.stdout.decode()
    assert shown.returncode == 1
    assert file.read_bytes() == broken
    assert tasrih("validate", folder, "--fix").returncode == 0
    assert file.read_bytes() == (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()


def test_format_lays_out_and_checks(tmp_path, seed):
    file = tmp_path / f"{SEED}.json"
    file.write_text(json.dumps(seed), encoding="utf-8")
    file.chmod(0o640)
    assert tasrih("format", "--check", file).returncode == 1
    assert tasrih("format", file).returncode == 0
    assert file.read_bytes() == (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()
    assert file.stat().st_mode & 0o777 == 0o640
    assert tasrih("format", "--check", file).returncode == 0
    assert tasrih("format", "--check").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_format_keeps_its_hands_off_what_is_no_record(tmp_path):
    (tmp_path / "a.json").write_bytes(b'{"id": ')
    run = tasrih("format", tmp_path)
    assert run.returncode == 1
    assert b"a.json: not a valid record" in run.stderr
    assert (tmp_path / "a.json").read_bytes() == b'{"id": '
