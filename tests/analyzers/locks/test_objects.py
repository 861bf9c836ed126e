"""Which object a lock lies in, where Go has lost receivers; readers and writers of one RWMutex are one lock."""

from .test_locks import DUMPER, waiting_for
from .test_reentry import reader


def moves(lock: int, source: int, target: int) -> tuple[str, ...]:
    calls = ("bank.(*Account).deposit(0x2faf080?, 0x1)", f"bank.(*Account).MoveTo({source:#x}, {target:#x}, 0x1)")
    return waiting_for(lock, *calls, state="sync.Mutex.Lock")


def test_the_nearest_object_below_a_lock_is_the_one_it_lies_in(dump, findings):
    one, other = 0xC000086040, 0xC000086060
    text = dump(moves(other + 0x10, one, other), moves(one + 0x10, other, one), DUMPER)
    (found,) = findings(text, rule="DT3")
    assert (found.rule, found.title) == ("DT301", "locks are taken in a circle in bank.(*Account).MoveTo")


def test_a_stale_word_that_all_show_is_no_object_of_theirs(dump, findings):
    steps = ("Bind", "Attach", "Assign")
    kinds = ("Pod", "Volume", "Node")
    at = (0xC000010000, 0xC000020000, 0xC000030000)
    waits = [
        waiting_for(
            at[(i + 1) % 3],
            f"plan.(*{kinds[(i + 1) % 3]}).touch(0x2625a00?)",
            f"plan.(*{kinds[i]}).{steps[i]}({at[i]:#x})",
        )
        for i in range(3)
    ]
    (found,) = findings(dump(*waits, DUMPER), rule="DT3")
    assert found.rule == "DT301"
    assert set(found.functions[:3]) == {"plan.(*Pod).Bind", "plan.(*Volume).Attach", "plan.(*Node).Assign"}


def test_readers_and_writers_of_one_object_wait_for_one_lock(dump, findings):
    frames = ("sync.(*Mutex).lockSlow(0xc000010040)", "sync.(*Mutex).Lock(...)", "sync.(*RWMutex).Lock(0x0?)")
    write = ("sync.Mutex.Lock", *frames, "disk.(*Log).write(0xc000010040, 0x1)")
    flush = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc000010070)", "disk.(*Log).Flush(0xc000010040)")
    (found,) = findings(dump(flush, *[reader("disk.(*Log).Len(0xc000010040)")] * 2, *[write] * 3, DUMPER), rule="DT3")
    assert (found.rule, found.functions[0], found.evidence["waiters"]) == ("DT303", "disk.(*Log).Flush", 5)


def test_a_mutex_and_an_rwmutex_of_one_object_are_two_locks(dump, findings):
    mutex = waiting_for(0xC000010048, "disk.(*Log).rotate(0xc000010040)")
    readers = [reader("disk.(*Log).Len(0xc000010040)", state="sync.RWMutex.RLock, 5 minutes")] * 2
    (found,) = findings(dump(mutex, *readers, DUMPER), rule="DT3")
    assert found.evidence["waiters"] == 2  # not 3
