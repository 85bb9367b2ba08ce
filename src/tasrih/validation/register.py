"""What is wrong with the register of a corpus, and what it knows."""

from functools import lru_cache
from pathlib import Path

from tasrih.reading import Document
from tasrih.record import Json
from tasrih.resources import REGISTER as FILE
from tasrih.validation.findings import Finding
from tasrih.validation.parsing import parse
from tasrih.validation.placement import flawed, placed
from tasrih.validation.registry import REGISTER
from tasrih.validation.rules.schema import violations


def check_register(folder: Path) -> tuple[dict[str, Json], list[Finding]]:
    """The known entities of a corpus folder by id, and what is wrong with the file that lists them."""
    document = Document(str(folder / FILE))
    return _checked(document, document.read()) if Path(document.file).is_file() else ({}, [])


@lru_cache(maxsize=4)  # of what is read for each share of the work, and for the report
def _checked(document: Document, data: bytes) -> tuple[dict[str, Json], list[Finding]]:
    value, flaws = parse(data)
    if flaws:
        return {}, flawed(document, data, flaws)
    broken = list(violations(value, "entities"))
    if broken:
        return {}, placed(document, data, broken)
    found = [(code, problem) for code, rule in REGISTER.rules.items() for problem in rule.check(value["entities"])]
    return {entity["id"]: entity for entity in value["entities"]}, placed(document, data, found)
