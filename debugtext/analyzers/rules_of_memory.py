"""The rules about heap texts, MemStats, and tables of pprof's."""

from debugtext.analyzers._rule import Rule
from debugtext.analyzers.garbage_collector import CollectorShare, ForcedCollections, LongPauses
from debugtext.analyzers.goroutines_of_pprof import GoroutinesOfPprof
from debugtext.analyzers.grown_memory import GrownMemory
from debugtext.analyzers.growth_of_heap import HeapGrowth, HiddenGrowth
from debugtext.analyzers.heap_hoarder import AllocationChurn, HeapHoarder
from debugtext.analyzers.memory_accounts import Fragmentation, IdleMemory, MemoryOutsideGo, StacksOutweighHeap
from debugtext.analyzers.past_goroutines import PastGoroutines
from debugtext.analyzers.top_of_pprof import TopOfPprof

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
)
