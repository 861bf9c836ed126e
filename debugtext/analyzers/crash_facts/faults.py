"""What the signal and the address of a fault tell about its cause."""

from debugtext.records.crashes import Crash, Signal
from debugtext.stacks.waiting import c_function

_LARGEST_PROGRAM = 64 << 20
"""An address further than this from the pc is not taken for one of the program's constants."""
_NAMES_OF_MAPPERS = ("mmap", "bolt", "lmdb", "mdbx", "badger", "tsdb")
"""Parts of the names of packages that map files into memory."""
_NO_ACCESS = 2
"""The signal code SEGV_ACCERR: the memory is mapped, but not for this access."""
_FRAMES_ABOVE_C = 8
"""How many frames from the top of a stack may stand above the call into C."""
_CONSTANT_ADVICE = (
    "This wrote to a constant of the program: mostly a string that unsafe turned into bytes. "
    "Copy it first ([]byte(text))."
)
_MAPPED_FILE_ADVICE = (
    "A fault in memory-mapped data: its file was cut off or closed, or the disk is full or failing. "
    "Check these before the code."
)
_INSTRUCTION_ADVICE = (
    "The processor, or what emulates it, does not know an instruction here: build for an older one "
    "(GOAMD64, -march of the C code)."
)
_C_ADVICE = "The fault is in C code{}: check the pointers and lengths that the call into C is given."
_ABORT_ADVICE = "C code called abort(){}: look above this report for what it printed, an assertion or a damaged heap."
_NUMBERS = {"0xb": "SIGSEGV", "0xa": "SIGBUS", "0x7": "SIGBUS", "0x4": "SIGILL", "0x6": "SIGABRT", "0x8": "SIGFPE"}


def name_of(signal: Signal) -> str:
    """The signal's name. Up to Go 1.5 the text has its number instead (SIGBUS is 10 on macOS, 7 on Linux)."""
    return _NUMBERS.get(signal.name, signal.name)


def advice_of_fault(crash: Crash) -> str:
    """What to do, if the signal says more than that an address was wrong; else empty.

    A program's constants lie beside its code and are mapped for reading only (SEGV_ACCERR). SIGBUS means that memory is
    mapped, but has nothing behind it.
    """
    signal = crash.signal
    if signal is None:
        return ""
    name = name_of(signal)
    if name.startswith("SIGILL"):
        return _INSTRUCTION_ADVICE
    far = abs(signal.address - signal.pc) if signal.address is not None and signal.pc is not None else 0
    functions = crash.crashed.stack.functions if crash.crashed else ()
    if crash.crashed and "runtime.cgocall" in functions[:_FRAMES_ABOVE_C]:
        called = c_function(crash.crashed.stack)
        said = _ABORT_ADVICE if name.startswith("SIGABRT") else _C_ADVICE
        return said.format(f", in {called} or below" if called else "")
    if any(name in function for function in functions for name in _NAMES_OF_MAPPERS):
        return _MAPPED_FILE_ADVICE
    if signal.code == _NO_ACCESS and 0 < far < _LARGEST_PROGRAM:
        return _CONSTANT_ADVICE
    return _MAPPED_FILE_ADVICE if name.startswith("SIGBUS") else ""
