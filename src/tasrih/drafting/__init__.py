"""Drafting: from a raw article to a record that needs reviewing, not typing."""

from tasrih.drafting.records import draft, drafted_files, drafts, explained

__all__ = ["draft", "drafted_files", "drafts", "explained"]
