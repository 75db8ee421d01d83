"""How bytes are made; nothing here knows a timeline."""
