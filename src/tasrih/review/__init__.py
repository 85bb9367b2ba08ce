"""The review desk: a page on this machine on which a reader turns drafts into records, decision by decision."""
