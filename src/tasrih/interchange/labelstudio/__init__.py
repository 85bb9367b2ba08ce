"""Label Studio: an article as a task, with its annotation, or as a draft with a prediction that annotators go on from.

Offsets are code points (`charsToCodePoints` in the editor's `utils/selection-tools.js`, and its own tests with emoji);
editors before 2022 counted UTF-16, which is noticed by the words. Ids of regions are those of the record: the editor
keeps them where an annotation is made of a prediction.
"""

from tasrih.interchange.formats import Format
from tasrih.interchange.labels import LABEL_LOSSES
from tasrih.interchange.labelstudio.configuration import configuration
from tasrih.interchange.labelstudio.reading import read
from tasrih.interchange.labelstudio.writing import written

LABEL_STUDIO = Format(
    label="Label Studio",
    about="A file an article, with a list of one task: what was read by people is an annotation, a draft a prediction. "
    "A quote in pieces is several regions, which `PieceOf` relates to the first. Exports of many tasks are read: of "
    "each the newest annotation that was submitted, or the ground truth; the others are told. `labeling.xml` is the "
    "labelling interface of a project, into which the other files are imported, and which is exported as JSON.",
    suffixes=(".json",),
    read=read,
    write=written,
    losses=LABEL_LOSSES,
    common=configuration,
)
