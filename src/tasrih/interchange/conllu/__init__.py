"""Articles word by word: as CoNLL-U Plus with a column for each layer, and as CorefUD with entities in brackets."""

from tasrih.interchange.conllu import writer
from tasrih.interchange.conllu.reader import read
from tasrih.interchange.formats import Files, Format
from tasrih.interchange.losses import Loss
from tasrih.record import Json

_LOSSES = (Loss("schema_version", "the lowest that suffices is written"),)


def _plus(record: Json) -> Files:
    return {f"{record['id']}.conllup": writer.plus(record).encode()}


def _corefud(record: Json) -> Files:
    return {f"{record['id']}.conllu": writer.corefud(record).encode()}


CONLLU = Format(
    label="CoNLL-U Plus",
    about="A word a line with a column for each layer, proclitics cut off as words of a multiword token.",
    suffixes=(".conllup", ".conllu"),
    read=read,
    write=_plus,
    losses=_LOSSES,
    printed="text",
)
COREFUD = Format(
    label="CorefUD",
    about="CoNLL-U with entities in brackets, elided speakers as empty nodes, and quotes in MISC.",
    suffixes=(".conllu", ".conllup"),
    read=read,
    write=_corefud,
    losses=_LOSSES,
    printed="text",
)
