"""What a draft leaves to its reader: findings that no rule of drafting can mend, as waivers that say so."""

from datetime import date
from pathlib import Path

from tasrih.guidelines import UNDECIDED
from tasrih.record import Json
from tasrih.validation.findings import pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.registry import RECORD

_NOWHERE = Surroundings(Path(), {}, date.min)
_QUESTIONS = {
    "E120": "which day this is: the weekday beside it is that of another",
    "Q101": "what this mark is: the other one may be missing, or it is no quotation mark",
    "Q102": "where these words begin and end: one of their marks is missing",
    "T104": "which letters these shapes stand for",
    "T106": "what stood here before it was read in a wrong encoding",
    "T111": "what this character stands for: Unicode gives it no meaning",
}


def open_questions(record: Json) -> list[Json]:
    """The waivers of a drafted record, in the order of the rules."""
    index = Index(record, _NOWHERE)
    return [
        {"rule": code, "at": pointer(problem.at), "reason": f"{UNDECIDED} {question} ({problem.detail})."}
        for code, question in _QUESTIONS.items()
        for problem in RECORD.rules[code].check(index)
    ]
