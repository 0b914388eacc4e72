"""Ranks a round: ordered lists, tiers with their places, reserve lists, and the reasons for each."""

from .candidates import Candidate, candidate
from .compare import Change, compare
from .rank import rank
from .results import (
    Departure,
    FailedUnit,
    Key,
    OpenSeats,
    PendingTier,
    Place,
    RankedList,
    Ranking,
    RegionSeats,
    Reserve,
    Standing,
    TierResult,
    Waiting,
)
from .to_json import to_json

__all__ = [
    "Candidate",
    "Change",
    "Departure",
    "FailedUnit",
    "Key",
    "OpenSeats",
    "PendingTier",
    "Place",
    "RankedList",
    "Ranking",
    "RegionSeats",
    "Reserve",
    "Standing",
    "TierResult",
    "Waiting",
    "candidate",
    "compare",
    "rank",
    "to_json",
]
