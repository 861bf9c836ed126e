"""The rules, in the order in which they are documented."""

from debugtext.analyzers._rule import Rule

RULES: tuple[Rule, ...] = ()
