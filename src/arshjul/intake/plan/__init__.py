"""A tidplan in rows of cells → a process in YAML: what was understood is dated, the rest is listed, not guessed."""
