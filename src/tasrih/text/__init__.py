"""The ground floor: what Arabic text is made of, each fact defined once. It imports nothing from above."""
