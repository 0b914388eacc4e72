"""Holds the model: frozen records of everything that a pack can say."""

from ...expressions.fields import NUMERIC, ROLES, Basis, Column, DocumentWanted, Field, FieldType, Register, Role
from .criteria import Aggregate, Criterion, Node, NotApplicable, SharedCap, leaves, nodes
from .measures import (
    AgainstMean,
    ChangeFrom,
    CohortMeasure,
    CountRows,
    Deadline,
    FieldMeasure,
    Index,
    Measure,
    Per,
    Percent,
    PercentOfLog,
    PercentOfRows,
    Period,
    RankInRound,
    Sample,
    SmallGroup,
    WhenZero,
)
from .pack import Burden, Dress, Grade, Group, KindOfUnit, Line, Pack
from .rules import Bonus, Effect, Process, Relation, RowTest, Rule, RuleFamily, Waiver
from .scores import (
    Band,
    Bands,
    CheckItem,
    Checklist,
    Choice,
    Combine,
    Deduct,
    DeductFromTarget,
    Discretion,
    Edge,
    Linear,
    Part,
    PerItem,
    Score,
    Step,
    YesNo,
)
from .tiers import Ceiling, Profile, Seats, TieKey, Tier
