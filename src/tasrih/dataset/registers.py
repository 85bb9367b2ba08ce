"""The register that a dataset carries: that of the corpus its records are in."""

import os
from collections.abc import Sequence
from pathlib import Path

from tasrih import record
from tasrih.dataset.shards import Portion
from tasrih.errors import InvalidError
from tasrih.register import union
from tasrih.resources import corpus_around, register_of
from tasrih.validation.register import check_register


def register(portions: Sequence[Portion]) -> bytes | None:
    """The register of the corpora that records are in, as JSON; None when they are in none, or none has one.

    Of one corpus it is the file as it stands; of several, all their entries. Raises TasrihError for one with errors,
    and when one id means two entities.
    """
    files = list(filter(None, map(register_of, sorted(_corpora(portions)))))
    for file in files:
        for finding in check_register(file.parent)[1]:
            if finding.severity == "error":
                raise InvalidError(
                    "The register has errors; `tasrih validate` lists all with their remedies.",
                    f"{file}: {finding.code} {finding.message} ({finding.pointer})",
                )
    if len(files) < 2:
        return files[0].read_bytes() if files else None
    entities = sorted(union(files), key=lambda entity: entity.id)
    return record.to_json(record.Register(schema_version="1.0", entities=tuple(entities)))


def _corpora(portions: Sequence[Portion]) -> set[Path]:
    """The folder that was named, or those that the files are in."""
    named = {Path(portion.within) for portion in portions if portion.within}
    parts = (part.file for portion in portions for part in portion.parts if "://" not in part.file)
    folders = {os.path.dirname(file) for file in parts}  # noqa: PTH120 - of many files, few folders
    return named or {corpus for folder in folders if (corpus := corpus_around(folder))}
