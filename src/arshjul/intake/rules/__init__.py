"""The dates of a plan that was read → rules that would give them: found, proved, compared between years.

evidence → candidates (meetings, calendar, distances) → proving → choosing
"""
