"""Holds the model: frozen records of everything that a pack can say."""

from ...expressions.fields import NUMERIC, ROLES, Basis, Column, DocumentWanted, Field, FieldType, Register, Role
from ...methods.edges import Edge
from ...methods.measures.against_mean import AgainstMean
from ...methods.measures.change_from import ChangeFrom
from ...methods.measures.count_rows import CountRows
from ...methods.measures.field import FieldMeasure
from ...methods.measures.index import Index
from ...methods.measures.per import Per
from ...methods.measures.percent import Percent
from ...methods.measures.percent_of_log import Deadline, PercentOfLog
from ...methods.measures.percent_of_rows import PercentOfRows
from ...methods.measures.rank_in_round import RankInRound
from ...methods.menu import Aggregate, CohortMeasure, Measure, Score
from ...methods.process import Process
from ...methods.sample import Sample
from ...methods.scores.bands import Band, Bands
from ...methods.scores.checklist import CheckItem, Checklist
from ...methods.scores.choice import Choice
from ...methods.scores.combine import Combine, Part
from ...methods.scores.deduct import Deduct
from ...methods.scores.deduct_from_target import DeductFromTarget
from ...methods.scores.discretion import Discretion
from ...methods.scores.linear import Linear
from ...methods.scores.per_item import PerItem
from ...methods.scores.yes_no import YesNo
from .criteria import Criterion, Node, NotApplicable, SharedCap, leaves, nodes
from .pack import Burden, Dress, Grade, GradeLine, Group, KindOfUnit, Pack
from .rules import Bonus, Effect, Relation, RowTest, Rule, RuleFamily, Waiver
from .tiers import Ceiling, Profile, Seats, TieKey, Tier
