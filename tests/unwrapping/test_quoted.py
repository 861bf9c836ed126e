r"""Dumps are taken out of the fields that hold them: JSON, logfmt, `go test -json`, escaped lines."""

import json

import pytest

DUMP = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(lambda text: json.dumps({"log": text + "\n", "stream": "stderr"}), id="docker"),
        pytest.param(lambda text: json.dumps({"level": "error", "msg": text}), id="a line a record"),
        pytest.param(lambda text: json.dumps({"a": {"b": {"message": text}}, "t": 1}), id="a field in a field"),
        pytest.param(lambda text: f"level=error msg={json.dumps(text)} app=x", id="logfmt"),
        pytest.param(lambda text: f'3,"2026-01-02",{json.dumps(text)}', id="a column without a name"),
        pytest.param(lambda text: f"  {json.dumps(text)},", id="a list of strings"),
        pytest.param(lambda text: f"pod-1 | {json.dumps({'log': text})}", id="behind a prefix"),
    ],
)
def test_a_line_a_record(line, numbered):
    text = "".join(line(part) + "\n" for part in DUMP.split("\n"))
    assert numbered(text) == [(1, "goroutine 1 [running]:"), (2, "main.main()"), (3, "\t/src/main.go:5 +0x1d")]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(lambda text: json.dumps({"level": "error", "stack": text}), id="JSON"),
        pytest.param(lambda text: json.dumps({"msg": "boom", "stack": "=== dump ===\n" + text}), id="text before it"),
        pytest.param(lambda text: json.dumps({"log": json.dumps({"stack": text}) + "\n"}), id="JSON in JSON"),
        pytest.param(lambda text: f"level=error msg={json.dumps(text)}", id="logfmt"),
        pytest.param(lambda text: f"level=error msg={json.dumps(text)[:-1]}", id="cut before its end"),
        pytest.param(lambda text: f"app[7]: {json.dumps(text)[1:-1]}", id="no quotes"),
        pytest.param(
            lambda text: f"app[7]: {text.replace(chr(10), '#012').replace(chr(9), '#011')}", id="syslog's numbers"
        ),
    ],
)
def test_a_dump_in_one_line(line, unwrapped, numbered):
    text = "started\n" + line(DUMP) + "\nstopped\n"
    assert DUMP in unwrapped(text)
    assert [number for number, line in numbered(text) if line in DUMP] == [2, 2, 2]


def test_pieces_of_lines_are_joined_for_each_test(unwrapped):
    events = [
        ("A", "goroutine 1 [running]:\nmai"),
        ("B", "    b_test.go:3: step\n"),
        ("A", "n.main()\n"),
        ("B", "ok\n"),
    ]
    events += [("A", "\t/src/main.go"), ("A", ":5 +0x1d\n")]
    text = "".join(json.dumps({"Action": "output", "Test": test, "Output": output}) + "\n" for test, output in events)
    assert DUMP in unwrapped(text)


def test_a_quote_behind_a_backslash_is_doubled_in_csv_too(numbered):
    header = 'goroutine 7 [select] {said: "say \\"hi\\""}:'
    cells = [header, "main.main()", "\t/src/main.go:5 +0x1d"]
    text = "".join('2026-01-02,"' + cell.replace('"', '""') + '"\n' for cell in cells)
    assert [line for _, line in numbered(text)] == cells


def _records(process, lines, member):
    return [
        json.dumps({"log": line + "\n", "at": f"2026-01-02T10:00:00.{len(line):03}Z", **member(process)})
        for line in lines
    ]


def _dump_of(process, count):
    return "".join(f"goroutine {n} [select]:\n{process}.wait()\n\t/{process}.go:9 +0x2d\n\n" for n in range(2, count))


def test_two_processes_whose_lines_take_turns_are_kept_apart(unwrapped):
    web, db = (_dump_of(name, 62).split("\n")[:-1] for name in ("web", "db"))
    records = [_records(name, lines, lambda name: {"pod": name}) for name, lines in (("web", web), ("db", db))]
    text = "".join(f"{line}\n" for pair in zip(*records, strict=True) for line in pair)
    assert unwrapped(text) == _dump_of("web", 62) + _dump_of("db", 62)


def test_a_process_of_a_few_lines_is_kept_apart_from_one_of_many(unwrapped):
    many = _records("web", _dump_of("web", 300).split("\n")[:-1], lambda name: {"pod": name})
    few = _records("db", DUMP.split("\n")[:-1], lambda name: {"pod": name})
    text = "".join(f"{line}\n" for line in (*many[:401], *few, *many[401:]))
    assert unwrapped(text) == _dump_of("web", 300) + DUMP


def test_a_member_that_numbers_the_lines_does_not_hide_who_wrote_them(unwrapped):
    number = iter(range(10_000))
    web, db = (_dump_of(name, 30).split("\n")[:-1] for name in ("web", "db"))
    pids = {"web": "11", "db": "22"}
    lines = (
        _records(name, [line], lambda name: {"_PID": pids[name], "at": f"s={next(number)}"})[0]
        for pair in zip(web, db, strict=True)
        for name, line in zip(pids, pair, strict=True)
    )
    assert unwrapped("".join(f"{line}\n" for line in lines)) == _dump_of("web", 30) + _dump_of("db", 30)


def test_the_message_and_the_stack_of_one_record_are_both_taken(unwrapped):
    text = json.dumps({"msg": "panic: boom [recovered]", "ts": 1, "stack": DUMP}) + "\n"
    assert unwrapped(text).startswith("panic: boom [recovered]\n")
    assert DUMP in unwrapped(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"msg":"goroutine 7 [x"}\n' * 5, id="a message that speaks of goroutines"),
        pytest.param(
            'goroutine 1 [running] {"a": "b\\n\\tc", d: e}:\nmain.main()\n\t/a.go:5 +0x1d\n', id="labels of Go's"
        ),
    ],
)
def test_other_quotes_stay_as_they_are(text, unwrapped):
    assert unwrapped(text) == text
