"""What to do when the runtime could not start a thread, by the error that its message names."""

from debugtext.records.crashes import Crash

_THREADS_OF_A_LIMIT = 100
"""A program with fewer threads than this has not reached a limit by itself."""
_REFUSED = frozenset({"1", "38"})
_INVALID = "22"
_NOT_ALLOWED = "Operation not permitted"
_EMULATOR_ADVICE = (
    "No limit was hit: the system does not know what Go asked for (errno 22, EINVAL). Mostly this is an image for "
    "another processor under emulation (qemu): run one that is built for this machine."
)
_SECCOMP_ADVICE = (
    "No limit was hit: the system forbids this program to start threads. Mostly it is a container's seccomp profile, "
    "or a Docker that is older than its images: update it, or allow clone and clone3."
)
_OTHER_PROCESSES_ADVICE = (
    "This program has but {} threads: others of the same user, or in the same container, hold the rest. "
    "Raise the limit (ulimit -u, a container's pids), or find who has so many."
)


def advice_of_thread(crash: Crash) -> str:
    """What to do, if the message says more than that a thread could not be started; else empty.

    `runtime: failed to create new OS thread (have 2 already; errno=22)` comes from runtime/os_linux.go newosproc. The
    errors of clone(2) are EPERM 1, EAGAIN 11 (a limit), EINVAL 22 and ENOSYS 38. With cgo, pthread_create fails, and
    the message has the error in words.
    """
    for said in (*crash.runtime_messages, crash.reason):
        errno = said.partition("errno=")[2].rstrip(") \n")
        if errno == _INVALID:
            return _EMULATOR_ADVICE
        if errno in _REFUSED or said.rstrip().endswith(_NOT_ALLOWED):
            return _SECCOMP_ADVICE
        have = said.partition("(have ")[2].partition(" ")[0]
        if have.isdecimal() and len(have) < len(str(_THREADS_OF_A_LIMIT)):
            return _OTHER_PROCESSES_ADVICE.format(have)
    return ""
