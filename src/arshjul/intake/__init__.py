"""Documents → proposals: somebody's table becomes YAML, an edited plan becomes deviations; nothing is applied here."""
