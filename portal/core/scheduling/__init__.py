"""Hours, capacity and load become timeslots; `now` and the load are arguments, nothing is read or written."""

from .answers import DayOffer, NotOffered, Refusal, Timeslot
from .hours import Closure, DayException, Schedule, Window
from .layout import moment
from .limits import horizon
from .load import Load
from .offers import capacity, find, next_free_day, offer, timeslots, why_not
from .problems import Problem, exception_problems, problems

__all__ = [
    "Closure",
    "DayException",
    "DayOffer",
    "Load",
    "NotOffered",
    "Problem",
    "Refusal",
    "Schedule",
    "Timeslot",
    "Window",
    "capacity",
    "exception_problems",
    "find",
    "horizon",
    "moment",
    "next_free_day",
    "offer",
    "problems",
    "timeslots",
    "why_not",
]
