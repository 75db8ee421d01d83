"""The definition as written: files → `Process`, in the order that `load` shows.

What other rooms read of it is named here; its stages are for `compiler`.
"""

from arshjul.definition.load import validate
from arshjul.definition.model import (
    Activity,
    ActivityType,
    Body,
    DayPolicy,
    Level,
    Meeting,
    MeetingPlan,
    Phase,
    Process,
    Profile,
    Repeat,
    Requirement,
    Show,
    Window,
)
from arshjul.definition.scalars import Expression, expand
from arshjul.definition.struck import Struck

__all__ = [
    "Activity",
    "ActivityType",
    "Body",
    "DayPolicy",
    "Expression",
    "Level",
    "Meeting",
    "MeetingPlan",
    "Phase",
    "Process",
    "Profile",
    "Repeat",
    "Requirement",
    "Show",
    "Struck",
    "Window",
    "expand",
    "validate",
]
