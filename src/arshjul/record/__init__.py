"""What was published from a folder: `arshjul.json`, the only source of the numbers that calendars are compared by.

Import what is needed from `model` (the lines), `reading` (bytes ↔ lines) and `comparing` (a plan against them).
"""
