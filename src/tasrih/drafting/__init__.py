"""Drafting: from a raw article to a record that needs reviewing, not typing."""

from tasrih.drafting.batches import drafted_files, drafts
from tasrih.drafting.explanation import explained
from tasrih.drafting.inputs import holds_several
from tasrih.drafting.records import draft

__all__ = ["draft", "drafted_files", "drafts", "explained", "holds_several"]
