"""What the signal and the address of a fault tell about its cause."""

from debugtext.records.crashes import Crash

_LARGEST_PROGRAM = 64 << 20
_MAPS_FILES = ("mmap", "bolt", "lmdb", "mdbx", "badger", "tsdb")
_NO_ACCESS = 2
_OF_THE_PROGRAM = (
    "This wrote to a constant of the program: mostly a string that unsafe turned into bytes. "
    "Copy it first ([]byte(text))."
)
_OF_A_FILE = (
    "A fault in memory-mapped data: its file was cut off or closed, or the disk is full or failing. "
    "Check these before the code."
)
_OF_THE_PROCESSOR = (
    "The processor, or what emulates it, does not know an instruction here: build for an older one "
    "(GOAMD64, -march of the C code)."
)


def advice_of_fault(crash: Crash) -> str:
    """What to do, where the signal says more than that an address was wrong; else empty.

    The program's constants lie beside its code, and are mapped for reading only (SEGV_ACCERR, the code 2). SIGBUS is
    memory that is mapped, but has nothing behind it. Packages that map files say so by their names.
    """
    signal = crash.signal
    if signal is None:
        return ""
    if signal.name.startswith("SIGILL"):
        return _OF_THE_PROCESSOR
    far = abs(signal.address - signal.pc) if signal.address is not None and signal.pc is not None else 0
    functions = crash.crashed.stack.functions if crash.crashed else ()
    if any(name in function for function in functions for name in _MAPS_FILES):
        return _OF_A_FILE
    if signal.code == _NO_ACCESS and 0 < far < _LARGEST_PROGRAM:
        return _OF_THE_PROGRAM
    return _OF_A_FILE if signal.name.startswith("SIGBUS") else ""
