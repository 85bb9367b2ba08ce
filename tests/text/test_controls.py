"""What nobody sees: the drafter takes away what the rules find, and a terminal shows none of it."""

import re
import unicodedata

from tasrih import sources, terminal
from tasrih.text import controls
from tasrih.validation import RULES
from tasrih.validation.index import Index

# The planes that have characters, without the many of Han; of the others, where noncharacters and private ones begin.
CODES = [*range(0x3200), *range(0xA000, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE1000), 0xF0000, 0x10FFFF]
EVERY = list(map(chr, CODES))


def of_class(*members):
    return set(re.findall(f"[{''.join(members)}]", "".join(EVERY)))


def found_by(*codes):
    """The characters that rules about the text find, each in a paragraph of its own."""
    paragraphs = [{"id": f"p{number}", "text": letter} for number, letter in enumerate(EVERY)]
    index = Index({"metadata": {}, "paragraphs": paragraphs, "entities": [], "quotes": [], "terms": []}, None)
    return {EVERY[int(problem.at[1])] for code in codes for problem in RULES[code].check(index)}


def test_the_rules_find_what_the_drafter_takes_away_joiners_apart():
    taken = {letter for letter in EVERY if not letter.isspace() and not sources.clean(letter)}
    found = found_by("T102", "T103", "T111")
    assert taken - found == of_class(controls.JOINERS)
    assert found - taken == of_class(controls.PRIVATE, controls.SPACING_CONTROLS)


def test_what_a_terminal_must_not_print_is_all_that_steers_or_hides():
    harmless = {letter for letter in EVERY if terminal.clean(letter) == letter}
    steering = of_class(controls.DIRECTION, controls.ZERO_WIDTH, controls.CONTROLS, controls.LINE_SEPARATORS)
    assert not harmless & steering
    assert not {letter for letter in harmless if unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLI", "LRI")}


def test_classes_hold_no_character_that_is_seen():
    unseen = of_class(controls.DIRECTION, controls.JOINERS, controls.INVISIBLE, controls.CONTROLS)
    seen = {letter for letter in unseen if unicodedata.category(letter) not in ("Cc", "Cf", "Cn", "Mn")}
    assert seen == set("\u115f\u1160\u3164\uffa0")  # the fillers, which Unicode counts among the letters
