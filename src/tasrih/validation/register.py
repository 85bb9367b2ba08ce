"""What is wrong with the register of a corpus, and what it knows."""

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
    if not Path(document.file).is_file():
        return {}, []
    data = document.read()
    value, flaws = parse(data)
    if flaws:
        return {}, flawed(document, data, flaws)
    broken = list(violations(value, "entities"))
    if broken:
        return {}, placed(document, data, broken)
    found = [(code, problem) for code, rule in REGISTER.rules.items() for problem in rule.check(value["entities"])]
    return {entity["id"]: entity for entity in value["entities"]}, placed(document, data, found)
