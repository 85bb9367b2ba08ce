"""Stand-off records as columns: which of a batch have masks for their words."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Flags, child, flags, items
from tasrih.standoff.models import MASK


def masked_rows(batch: pa.RecordBatch) -> Flags:
    """The records of a batch that have masks for their words, as `is_masked` tells of one."""
    paragraphs, owner = items(batch.column("paragraphs"))
    worded = ~flags(pc.match_substring_regex(child(paragraphs, "text"), f"^[{MASK} ]+$"))
    masked: Flags = np.bincount(owner[worded], minlength=batch.num_rows) == 0
    return masked
