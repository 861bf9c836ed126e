"""The rules about heap texts, MemStats, and tables of pprof's."""

from debugtext.analyzers.memory.accounts import Fragmentation, IdleMemory, MemoryOutsideGo, StacksOutweighHeap
from debugtext.analyzers.memory.garbage_collector import CollectorShare, ForcedCollections, LongPauses
from debugtext.analyzers.memory.goroutines_of_pprof import GoroutinesOfPprof
from debugtext.analyzers.memory.grown_memory import GrownMemory
from debugtext.analyzers.memory.growth_of_heap import HeapGrowth
from debugtext.analyzers.memory.heap_hoarder import AllocationChurn, HeapHoarder
from debugtext.analyzers.memory.hidden_growth import HiddenGrowth
from debugtext.analyzers.memory.never_ended import NeverEnded
from debugtext.analyzers.memory.past_goroutines import PastGoroutines
from debugtext.analyzers.memory.top_of_pprof import TopOfPprof
from debugtext.analyzers.rule import Rule

RULES: tuple[Rule, ...] = (
    HeapGrowth(),
    HiddenGrowth(),
    HeapHoarder(),
    AllocationChurn(),
    StacksOutweighHeap(),
    IdleMemory(),
    Fragmentation(),
    MemoryOutsideGo(),
    CollectorShare(),
    LongPauses(),
    ForcedCollections(),
    GrownMemory(),
    TopOfPprof(),
    PastGoroutines(),
    GoroutinesOfPprof(),
    NeverEnded(),
)
