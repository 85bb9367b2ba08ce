"""Articles as text with the annotations marked in it, in the manner of TEI: what a person writes by hand."""

from collections.abc import Iterator

from tasrih.errors import TasrihError
from tasrih.interchange.formats import Files, Format
from tasrih.interchange.inputs import Source
from tasrih.interchange.tei.parser import from_tei
from tasrih.interchange.tei.writer import to_tei
from tasrih.record import Article, Json

__all__ = ["TEI", "from_tei", "to_tei"]


def _read(source: Source) -> Iterator[Json | TasrihError]:
    yield from_tei(source.data(), source.name).model_dump(mode="json", exclude_unset=True)


def _written(record: Json) -> Files:
    return {f"{record['id']}.xml": to_tei(Article.model_validate(record, strict=False)).encode()}


TEI = Format(
    label="TEI",
    about="Text with the annotations marked in it, in XML after the manner of TEI: what a person writes by hand.",
    suffixes=(".xml",),
    read=_read,
    write=_written,
    printed="xml",
)
