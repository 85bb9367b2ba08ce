"""The drafter: from the bytes of a raw article to a record, by rules and word lists; `tasrih.drafts` is its user."""
