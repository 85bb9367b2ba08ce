"""The formats: the one place where each is entered, for the command line, the documentation and the tests."""

from tasrih.choices import Format as Name
from tasrih.interchange import cas
from tasrih.interchange.annotations import WEB_ANNOTATION
from tasrih.interchange.brat import BRAT
from tasrih.interchange.chat import CHAT
from tasrih.interchange.conllu import CONLLU, COREFUD
from tasrih.interchange.docbin import DOCBIN
from tasrih.interchange.formats import Format
from tasrih.interchange.labelstudio import LABEL_STUDIO
from tasrih.interchange.predictions import PREDICTIONS
from tasrih.interchange.tables import CSV, IOB2, TEXT
from tasrih.interchange.tei import TEI

FORMATS: dict[Name, Format] = {
    "tei": TEI,
    "brat": BRAT,
    "web-annotation": WEB_ANNOTATION,
    "cas": cas.XMI,
    "cas-json": cas.JSON,
    "conllu": CONLLU,
    "corefud": COREFUD,
    "spacy": DOCBIN,
    "label-studio": LABEL_STUDIO,
    "predictions": PREDICTIONS,
    "chat": CHAT,
    "iob2": IOB2,
    "csv": CSV,
    "text": TEXT,
}
