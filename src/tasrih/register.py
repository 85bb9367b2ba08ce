"""Who is who across the articles: the register of a corpus, or of several taken together."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from tasrih import record
from tasrih.errors import TasrihError


def union(files: Iterable[Path]) -> tuple[record.KnownEntity, ...]:
    """The entries of registers (`entities.json`); files that are not there have none.

    Raises TasrihError for one that cannot be read, and when two of them mean different things by one id.
    """
    known: dict[str, record.KnownEntity] = {}
    places: dict[str, Path] = {}
    for file in files:
        for entity in _entries(file):
            if known.setdefault(entity.id, entity) != entity:
                raise TasrihError(
                    f"{file}: the id {entity.id} is another entity than in {places[entity.id]}. Give one of the two "
                    "another id, or work on one corpus at a time."
                )
            places.setdefault(entity.id, file)
    return tuple(known.values())


def unreadable(place: str, error: ValidationError) -> TasrihError:
    """What to say of a record, or a register, that is not valid."""
    first = error.errors(include_url=False)[0]
    at = "/".join(str(step) for step in first["loc"])
    return TasrihError(f"{place}: not a valid record: {first['msg']} (at /{at}). See schema/v1 for what is expected.")


def _entries(file: Path) -> tuple[record.KnownEntity, ...]:
    if not file.is_file():
        return ()
    try:
        return record.Register.model_validate_json(file.read_bytes()).entities
    except ValidationError as error:
        raise unreadable(str(file), error) from error
    except OSError as error:
        raise TasrihError(f"{file}: cannot be read ({error.strerror}).") from error
