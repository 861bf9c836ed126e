"""Stacks with their last line first, without the header that would show it."""

from debugtext.reading import read

STACK = [
    "example.com/a/store.(*Store).restore(0xc0)",
    "/src/a/store/store.go:345 +0x9e",
    "example.com/a/watch.(*Watch).restore(0xc0)",
    "/src/a/watch/watch.go:191 +0xae",
    "example.com/a/server.(*Server).apply(0xc0)",
    "/src/a/server/server.go:1207 +0xc2c",
    "example.com/a/fifo.(*fifo).run(0xc0)",
]
LOG = "Apr 26 18:18:57 node app[412644]: "
EXPECTED = [
    "example.com/a/store.(*Store).restore",
    "example.com/a/watch.(*Watch).restore",
    "example.com/a/server.(*Server).apply",
]


def functions(lines):
    text = "It hangs:\n```\n" + "".join(f"{LOG}{line}\n" for line in lines) + "```\n"
    [capture] = read(text.encode()).captures
    [group] = capture.groups()
    return list(group.stack.functions)


def test_a_stack_of_a_journal_is_turned_round_where_packages_and_folders_tell():
    assert functions(STACK[::-1]) == EXPECTED


def test_a_stack_that_stands_the_right_way_up_stays_so():
    assert functions(STACK) == EXPECTED
