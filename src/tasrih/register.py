"""Who is who across the articles: the register of a corpus, or of several taken together."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from tasrih import record
from tasrih.errors import InvalidError, unreadable


def union(files: Iterable[Path]) -> tuple[record.KnownEntity, ...]:
    """The entries of registers (`entities.json`); files that are not there have none.

    Raises TasrihError for one that cannot be read, and when two of them mean different things by one id.
    """
    known: dict[str, record.KnownEntity] = {}
    places: dict[str, Path] = {}
    for file in files:
        for entity in _entries(file):
            if known.setdefault(entity.id, entity) != entity:
                raise InvalidError(
                    f"the id {entity.id} is another entity than in {places[entity.id]}. Give one of the two "
                    "another id, or work on one corpus at a time.",
                    path=file,
                )
            places.setdefault(entity.id, file)
    return tuple(known.values())


def invalid(path: str, error: ValidationError, line: int | None = None) -> InvalidError:
    """What to say of a record, or a register, that is not valid."""
    told = f"not a valid record: {flaw(error)}. See schema/v1 for what is expected."
    return InvalidError(told, path=path, line=line)


def flaw(error: ValidationError) -> str:
    """What a model finds wrong first, and where."""
    first = error.errors(include_url=False)[0]
    return f"{first['msg'].removeprefix('Value error, ')} (at /{'/'.join(map(str, first['loc']))})"


def _entries(file: Path) -> tuple[record.KnownEntity, ...]:
    if not file.is_file():
        return ()
    try:
        return record.Register.model_validate_json(file.read_bytes()).entities
    except ValidationError as error:
        raise invalid(str(file), error) from error
    except OSError as error:
        raise unreadable(file, error) from error
