"""The codes of all findings. A misspelt one cannot be raised, nor selected or suppressed."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The code of a finding, as `--select`, `kontroller` and a suppression take it.

    In the order of `arshjul rule`: the errors of a definition, then the checks, the most serious first.
    """

    SYNTAX = "syntax"
    ENCODING = "encoding"
    TEXT_CUT = "text-cut"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_TYPE = "wrong-type"
    BAD_ID = "bad-id"
    DUPLICATE_ID = "duplicate-id"
    ANCHOR = "anchor"
    EXPRESSION = "expression"
    UNKNOWN_NAME = "unknown-name"
    NOT_A_DATE = "not-a-date"
    WEEKDAY_MISMATCH = "weekday-mismatch"
    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_WEEK = "no-such-week"
    OUTSIDE_WINDOW = "outside-window"
    AMBIGUOUS_YEAR = "ambiguous-year"
    NO_MEETING = "no-meeting"
    SEVERAL_MEETINGS = "several-meetings"
    NO_SUCH_OCCURRENCE = "no-such-occurrence"
    EMPTY_RANGE = "empty-range"
    ZERO_STEPS = "zero-steps"
    CYCLE = "cycle"
    MISSING_MEETING_PLAN = "missing-meeting-plan"
    MISSING_REASON = "missing-reason"
    UNKNOWN_TARGET = "unknown-target"
    INCLUDE = "include"
    LINK = "link"
    LIMIT = "limit"
    OUTPUT_CLASH = "output-clash"
    MISSING_STOP_DATE = "missing-stop-date"
    STOP_DATE_AFTER_MEETING = "stop-date-after-meeting"
    STOP_BEFORE_INPUT = "stop-before-input"
    LAW = "law"
    REQUIREMENT = "requirement"
    ORDER = "order"
    BEFORE_AS_OF = "before-as-of"
    OUTSIDE_PLAN = "outside-plan"
    STOP_DATE_DEVIATES = "stop-date-deviates"
    STOP_DATE_UNCHANGED = "stop-date-unchanged"
    STOP_DATE_DAY_OFF = "stop-date-day-off"
    NO_STOP_DATE_FROM_VAGUE = "no-stop-date-from-vague"
    DAY_OFF = "day-off"
    AVOIDED_PERIOD = "avoided-period"
    NOT_A_MEETING = "not-a-meeting"
    NOT_PREPARED = "not-prepared"
    NOTICE = "notice"
    LAW_STEP_MISSING = "law-step-missing"
    SHORT_WINDOW = "short-window"
    DOUBLE_BOOKED = "double-booked"
    UNUSUAL_WEEKDAY = "unusual-weekday"
    INCOMPLETE_MEETING_PLAN = "incomplete-meeting-plan"
    YEAR_IN_DEFINITION = "year-in-definition"
    UNREAD_FILE = "unread-file"
    LONG_CLOSURE = "long-closure"
    UNUSED_EXCUSE = "unused-excuse"
    CALENDAR_DRIFT = "calendar-drift"
    DECIDED_DRIFT = "decided-drift"
    HALF_DAY = "half-day"
    SQUEEZE_DAY = "squeeze-day"
    PRELIMINARY = "preliminary"
    UNDATED = "undated"
    FIXED_DATE = "fixed-date"
    LAW_NOT_REVIEWED = "law-not-reviewed"
    MISSING_RESPONSIBLE = "missing-responsible"
    MISSING_PARTICIPANTS = "missing-participants"
    MISSING_PURPOSE = "missing-purpose"
    MISSING_OWNER = "missing-owner"


_ALL = tuple(Code)
_FIRST_CHECK = _ALL.index(Code.MISSING_STOP_DATE)

DEFINITION_ERRORS = _ALL[:_FIRST_CHECK]
CHECK_CODES = _ALL[_FIRST_CHECK:]
ERRORS_OF_THE_YEAR = frozenset({
    Code.WEEKDAY_MISMATCH, Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK, Code.OUTSIDE_WINDOW, Code.AMBIGUOUS_YEAR,
    Code.NO_MEETING, Code.SEVERAL_MEETINGS, Code.NO_SUCH_OCCURRENCE, Code.EMPTY_RANGE, Code.MISSING_MEETING_PLAN,
})  # fmt: skip
"""What a year may lack, where a date is computed: it leaves a row undated, and the rest of the plan is written.

All other definition errors are errors as written: they leave no plan. So are these, where a file is read and not a
date computed (30 February is a day of no year).
"""
