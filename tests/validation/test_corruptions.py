"""What goes wrong with a single fact of a record is found, under the right code and at the right line."""

import random
import re

from conftest import ROOT, SEED

from tasrih.validation import validate

FILE = ROOT / f"corpus/articles/news/{SEED}.json"
LINES = FILE.read_text(encoding="utf-8").split("\n")
ADRIFT = {"A102", "A103", "A104"}
EACH = 14


def shifted(match, rng):
    return str(int(match[1]) + rng.choice([-3, -2, -1, 1, 2, 3]))


def another(*values):
    return lambda match, rng: rng.choice([value for value in values if value != match[1]])


def another_letter(match, rng):
    place = rng.choice([n for n, letter in enumerate(match[1]) if letter in "ابتجدرسعفقلمنهوي"])
    letter = rng.choice([letter for letter in "بتثجحخدذرزسشصضطظعغفقكلمنه" if letter != match[1][place]])
    return match[1][:place] + letter + match[1][place + 1 :]


def without_a_mark(match, rng):
    place = rng.choice([found.start() for found in re.finditer(r'\\"', match[1])])
    return match[1][:place] + match[1][place + 2 :]


def another_digit(match, rng):
    place = rng.randrange(len(match[1]))
    return match[1][:place] + rng.choice([d for d in "123456789" if d != match[1][place]]) + match[1][place + 1 :]


ENTITIES = [f"e{number}" for number in range(1, 40)]
TEXT = r'^    \{"id": "p\d+", "role": "\w+", "text": "(.*)"\}'
KINDS = {
    "start shifted": (r'"start": (\d+)', shifted, {*ADRIFT, "S206"}),
    "end shifted": (r'"end": (\d+)', shifted, ADRIFT),
    "in another paragraph": (r'"paragraph": "(p\d+)"', another("p1", "p4", "p9", "p13", "p77"), {*ADRIFT, "A101"}),
    "letter of a span changed": (r'"start".*"text": "([^":]+)"', another_letter, {"A104"}),
    "letter of the text changed": (TEXT, another_letter, {"M108"}),
    "mark dropped": (r'^    \{"id": "p\d+".*"text": "(.*\\".*)"\}', without_a_mark, {"M108"}),
    "another entity": (r'"entity": "(e\d+)"', another(*ENTITIES), {"Q113", "Q114", "Q115", "Q122", "Q123", "E114"}),
    "another id": (
        r'^      "id": "([qte]\d+)"',
        another("q4", "q40", "t2", "t40", "e3", "e40"),
        {"M120", "Q118", "S205"},
    ),
    "another type": (r'"type": "(direct|partial|indirect)"', another("direct", "indirect"), {"Q101", "Q102", "Q103"}),
    "unknown word": (r'"(?:type|kind|form|role)": "(\w+)"', lambda match, _: match[1][:-1] + "k", {"S204"}),
    "day or month changed": (
        r'"value": "\d{4}-(\d\d-\d\d)"',
        another("01-30", "10-13", "02-31", "12-24"),
        {"E105", "S205"},
    ),
    "date broken": (
        r'"(?:published|value)": "(\d{4}-\d\d-\d\d)"',
        another("13/10/2021", "2021-13-13", "2021", "x"),
        {"S205", "E105"},
    ),
    "identifier changed": (r'"wikidata": "Q(\d+)"', another_digit, {"E110"}),
    "another link": (
        r'"link": "([a-z-]+)"',
        another("tass", "kabul", "sergey-lavrov", "nobody"),
        {"E108", "E109", "E115"},
    ),
    "field misspelt": (r'^ +"(\w+)": ', lambda match, _: match[1] + "s", {"S202", "S201"}),
    "number as text": (r'"(?:start|end)": (\d+)', lambda match, _: f'"{match[1]}"', {"S203"}),
    "hash changed": (r'"sha256": "(\w+)"', another_digit, {"M107"}),
    "furniture moved": (r'"line": (\d+)', shifted, {"M110", "S206", "M109"}),
}


def corruptions():
    """Each kind `EACH` times: its name, the lines of the file, the number of the changed line, the codes expected."""
    rng = random.Random(0)
    for name, (pattern, change, codes) in KINDS.items():
        places = [(number, match) for number, line in enumerate(LINES) for match in re.finditer(pattern, line)]
        for _ in range(EACH):
            number, match = rng.choice(places)
            line = LINES[number]
            changed = line[: match.start(1)] + change(match, rng) + line[match.end(1) :]
            if changed != line:
                yield name, [*LINES[:number], changed, *LINES[number + 1 :]], number, codes


def object_around(lines, number):
    """The numbers of the lines, from 1, of the innermost object that a line is part of."""
    depth = len(lines[number]) - len(lines[number].lstrip())
    if lines[number].lstrip().startswith("{"):
        return range(number + 1, number + 2)
    first = next(n for n in range(number, -1, -1) if len(lines[n]) - len(lines[n].lstrip()) < depth)
    last = next(n for n in range(number, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) < depth)
    return range(first + 1, last + 2)


def test_single_corruptions_are_caught_at_their_line(tmp_path):
    made, missed = 0, []
    for name, lines, number, codes in corruptions():
        file = tmp_path / f"{SEED}.json"
        file.write_text("\n".join(lines), encoding="utf-8")
        made += 1
        around = object_around(lines, number)
        if not any(
            finding.code in codes and finding.line in around for finding in validate([file], within=ROOT / "corpus")
        ):
            missed.append((name, number + 1, lines[number].strip()[:100]))
    assert made >= 200
    assert len(missed) <= 0.02 * made, "\n".join(map(str, missed))
