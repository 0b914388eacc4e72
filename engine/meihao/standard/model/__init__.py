"""Holds the model: frozen records of everything that a pack can say."""

from ...expressions.fields import NUMERIC, ROLES, Basis, Column, DocumentWanted, Field, FieldType, Register, Role
from ...methods.menu import Measure
from ...methods.process import Process
from ...methods.sample import Sample
from .criteria import Criterion, Node, NotApplicable, SharedCap, leaves, nodes
from .pack import Burden, Dress, Grade, GradeLine, Group, KindOfUnit, Pack
from .rules import Bonus, Effect, Relation, RowTest, Rule, RuleFamily, Waiver
from .tiers import Ceiling, Profile, Seats, TieKey, Tier
