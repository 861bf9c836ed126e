"""Whose code a frame is, from paths as clean dumps and pastes have them."""

from dataclasses import replace

import pytest

from debugtext.records.frames import Frame, Stack
from debugtext.stacks.ownership import Owner, Ownership, main_root
from debugtext.stacks.stdlib import is_standard_package

OWN, DEPENDENCY, STANDARD = Owner.OWN, Owner.DEPENDENCY, Owner.STANDARD


@pytest.mark.parametrize(
    ("function", "file", "owner"),
    [
        ("main.main", "/home/me/shop/main.go", OWN),
        ("main.main.func1", None, OWN),
        ("net/http.(*conn).serve", "/usr/local/go/src/net/http/server.go", STANDARD),
        ("internal/poll.runtime_pollWait", None, STANDARD),
        ("vendor/golang.org/x/net/http2/hpack.(*Decoder).Write", None, STANDARD),
        ("testing.tRunner", "C:/Go/src/testing/testing.go", STANDARD),
        ("github.com/x/y.F", "/root/go/pkg/mod/github.com/x/y@v1.2.3/f.go", DEPENDENCY),
        ("github.com/x/y.F", "github.com/x/y@v1.2.3/f.go", DEPENDENCY),
        ("github.com/x/y.F", r"C:\Users\me\go\pkg\mod\github.com\x\y@v1.2.3\f.go", DEPENDENCY),
        ("github.com/x/y.F", "/src/shop/vendor/github.com/x/y/f.go", DEPENDENCY),
        ("k8s.io/kubernetes/vendor/github.com/golang/glog.(*loggingT).flushDaemon", None, DEPENDENCY),
        ("vendor/github.com/golang/glog.(*loggingT).flushDaemon", None, DEPENDENCY),
        ("google.golang.org/grpc.(*Server).Serve", None, DEPENDENCY),
        ("github.com/sasha-s/go-deadlock.(*RWMutex).Lock", None, DEPENDENCY),
        ("github.com/me/shop/cart.Add", "/home/me/go/src/github.com/me/shop/cart/add.go", OWN),
        ("container.(*State).IsRunning", None, OWN),
        ("container/list.(*List).PushBack", None, STANDARD),
        ("daemon.(*Daemon).Stop", None, OWN),
        ("main._Cfunc_sum", "_cgo_gotypes.go", STANDARD),
        ("github.com/me/shop/db._C2func_open", "_cgo_gotypes.go", STANDARD),
    ],
)
def test_without_a_main_module(function, file, owner):
    assert Ownership.infer([]).owner(Frame(function, file, 1)) is owner


def stack(*frames: tuple[str, str]) -> Stack:
    return Stack(frames=tuple(Frame(function, file, 1) for function, file in frames))


@pytest.mark.parametrize(
    ("frames", "module"),
    [
        (
            [("main.main", "/src/shop/main.go"), ("example.com/shop/cart.Add", "/src/shop/cart/add.go")],
            "example.com/shop",
        ),
        (
            [("main.run", "/src/shop/cmd/server/run.go"), ("example.com/shop/cart.Add", "/src/shop/cart/add.go")],
            "example.com/shop",
        ),
        ([("main.main", "example.com/shop/main.go")], "example.com/shop"),
        ([("main.main", "D:/shop/main.go"), ("example.com/shop/cart.Add", "D:/shop/cart/add.go")], "example.com/shop"),
        ([("main.main", "/src/shop/main.go"), ("example.com/other.F", "/src/other/f.go")], ""),
    ],
)
def test_the_main_module_is_learnt_from_package_main(frames, module):
    assert Ownership.infer([stack(*frames)]).module == module


def test_a_closure_that_was_inlined_into_main_lies_in_another_folder():
    """Go names it after both functions, but its file is that of the function which it was written in."""
    inlined = ("main.main.Handler.func1", "example.com/shop/cart/cart.go")
    for frames in ([inlined, ("main.main", "example.com/shop/main.go")], [("main.main", "example.com/shop/main.go")]):
        ownership = Ownership.infer([stack(inlined), stack(*frames)])
        assert ownership.module == "example.com/shop"
    assert Ownership.infer([stack(inlined)]).module == "example.com/shop/cart"


@pytest.mark.parametrize(
    ("function", "is_inlined"),
    [
        ("main.main.Handler.func1", True),
        ("main.run.New.func3.1", True),
        ("main.(*Shop).Open.New.func1", True),
        ("main.main.func1.2", False),
        ("main.main.func1.gowrap1", False),
        ("main.(*Shop).Open.func1", False),
        ("main.glob..func1", False),
        ("main.main", False),
    ],
)
def test_whose_a_closure_is_says_its_name(function, is_inlined):
    other = ("main.helper", "example.com/shop/helper.go")
    module = Ownership.infer([stack((function, "example.com/shop/cart/cart.go"), other)]).module
    assert module == ("example.com/shop" if is_inlined else "example.com/shop/cart")


def test_beside_a_known_main_module_everything_with_a_host_is_a_dependency():
    ownership = Ownership.infer([stack(("main.main", "example.com/shop/main.go"))])
    assert ownership.owner(Frame("github.com/x/y.F")) is DEPENDENCY
    assert ownership.owner(Frame("example.com/shop/cart.Add")) is OWN
    assert ownership.owner(Frame("example.com/shopping.F")) is DEPENDENCY
    assert ownership.owner(Frame("example.com/shop_test.TestF")) is OWN


def test_a_frame_whose_location_is_cut_off_is_its_packages():
    there = "/go/pkg/mod/example.com/rails@v1.2.0/yard.go"
    ownership = Ownership.infer([Stack(frames=(Frame("example.com/rails.(*Yard).Shunt", there, 7),))])
    assert ownership.owner(Frame("example.com/rails.(*Yard).Close")) is Owner.DEPENDENCY
    assert ownership.owner(Frame("example.com/wagons.Load")) is Owner.OWN


def test_what_the_user_says_counts_more():
    ownership = Ownership.infer([], ("github.com/x",))
    assert ownership.is_own(Frame("github.com/x/y.F", "/root/go/pkg/mod/github.com/x/y@v1.2.3/f.go", 1))
    assert ownership.owner(Frame("main.main")) is OWN
    assert ownership.owner(Frame("github.com/me/shop.F")) is DEPENDENCY


def test_the_frame_to_show_is_own_code_then_a_dependency_then_what_sync_hides():
    ownership = Ownership.infer([])
    lock = ("sync.(*Mutex).Lock", "/usr/local/go/src/sync/mutex.go")
    library = ("github.com/x/y.F", "github.com/x/y@v1/f.go")
    assert ownership.front_frame(stack(lock, library, ("main.f", "/src/f.go"))).function == "main.f"
    assert ownership.front_frame(stack(lock, library)).function == "github.com/x/y.F"
    assert ownership.front_frame(stack(lock, ("net/http.serve", ""))).function == "net/http.serve"
    assert ownership.front_frame(stack(lock)) is None


@pytest.mark.parametrize(
    ("file", "root"),
    [
        ("/src/shop/main.go", "/src/shop"),
        ("/src/shop/cmd/a/main.go", "/src/shop"),
        ("main.go", ""),
        ("x/_testmain.go", "x"),
    ],
)
def test_the_root_of_a_main_package(file, root):
    assert main_root(file) == root


@pytest.mark.parametrize(
    "package",
    ["net/http", "runtime", "internal/poll", "container/heap", "log/slog", "go:(*struct { io"],
)
def test_packages_of_the_standard_library(package):
    assert is_standard_package(package)


@pytest.mark.parametrize("package", ["container", "daemon", "main", "example.com/net/http", "debug/mine", "transport"])
def test_packages_of_others(package):
    assert not is_standard_package(package)


def test_whoever_takes_a_lock_is_shown_and_not_the_type_around_the_mutex():
    lock, caller = Frame("example.com/shop/lockable.(*RWMutex).RLock"), Frame("example.com/shop.(*Stock).Count")
    ownership = Ownership()
    assert ownership.front_frame(Stack(frames=(Frame("sync.(*RWMutex).RLock"), lock, caller))) == caller
    assert ownership.front_frame(Stack(frames=(Frame("sync.(*RWMutex).RLock"), lock))) == lock


def test_a_librarys_clock_is_not_what_sleeps():
    frames = tuple(
        Frame(f"k8s.io/app/vendor/{name}") for name in ("k8s.io/clock.RealClock.Sleep", "k8s.io/lease.Renew")
    )
    assert Ownership().front_frame(Stack(frames)).function == "k8s.io/app/vendor/k8s.io/lease.Renew"
    assert Ownership().front_frame(Stack(frames[:1])).function == "k8s.io/app/vendor/k8s.io/clock.RealClock.Sleep"


@pytest.mark.parametrize(
    ("wrapper", "shown"),
    [
        ("net/http.(*Transport).dialConn.gowrap2", "net/http.(*persistConn).readLoop"),
        ("net/http.(*Transport).dialConn.deferwrap1", "net/http.(*persistConn).readLoop"),
        ("net/http.(*Transport).dialConn.func5", "net/http.(*Transport).dialConn.func5"),
    ],
    ids=["of a go statement", "of a defer statement", "a closure that somebody wrote"],
)
def test_what_the_compiler_wraps_around_a_call_is_not_what_a_goroutine_is_for(wrapper, shown):
    frames = (Frame("net/http.(*persistConn).readLoop"), Frame(wrapper))
    assert Ownership().front_frame(Stack(frames)).function == shown


def test_own_code_that_starts_a_librarys_function_is_shown_as_the_go_statement():
    frames = (Frame("net/http.(*Server).Serve"), Frame("main.run.gowrap1"))
    assert Ownership().front_frame(Stack(frames)).function == "main.run.gowrap1"


def test_a_name_in_which_the_text_ends_is_not_shown_where_a_whole_one_is():
    read, cut = Frame("crypto/tls.(*Conn).readRecord", "conn.go", 576), Frame("crypto/tls.(*Conn).R", address=0x61)
    assert Ownership().front_frame(Stack((read, cut))) == read
    assert Ownership().front_frame(Stack((cut,))) == cut
    called = replace(cut, address=None)
    assert Ownership().front_frame(Stack((read, called))) == called, "arguments follow a name in a traceback"
    assert Ownership().front_frame(Stack((read, Frame("main.hand")))).function == "main.hand"


SERVES = ("net/http.(*connReader).Read", "bufio.(*Reader).Peek", "net/http.(*conn).serve")
WRITES = ("net/http.persistConnWriter.Write", "bufio.(*Writer).Flush", "net/http.(*persistConn).writeLoop")


@pytest.mark.parametrize(
    ("functions", "shown"),
    [
        pytest.param(("net.(*conn).Read", "main.(*meter).Read", *SERVES), SERVES[-1], id="own"),
        pytest.param(("net.(*conn).Read", "github.com/x/y.(*Conn).Read", *SERVES), SERVES[-1], id="a dependency's"),
        pytest.param(("net.(*conn).Read", "main.(*meter).Read", "main.(*log).Read", *SERVES), SERVES[-1], id="two"),
        pytest.param(("net.(*conn).Write", "main.(*meter).Write", *WRITES), WRITES[-1], id="for the client"),
        pytest.param(
            ("net.(*conn).Read", "main.(*meter).Read", "crypto/tls.(*atLeastReader).Read", "main.hand"),
            "main.hand",
            id="below TLS",
        ),
        pytest.param(
            ("net.(*conn).Read", "main.(*meter).Read", "net/http.(*connReader).Read", "main.upload", SERVES[-1]),
            "main.upload",
            id="a handler has called it",
        ),
        pytest.param(
            ("net.(*conn).Read", "main.(*meter).Read", "bufio.(*Reader).Peek", "main.hand"),
            "main.(*meter).Read",
            id="for own code",
        ),
        pytest.param(("time.Sleep", "main.(*meter).Read", *SERVES), "main.(*meter).Read", id="it waits itself"),
        pytest.param(("main.(*meter).Read", *SERVES), "main.(*meter).Read", id="it runs"),
    ],
)
def test_a_connection_that_only_hands_on_is_not_what_a_goroutine_is_for(functions, shown):
    assert Ownership().front_frame(Stack(tuple(map(Frame, functions)))).function == shown
