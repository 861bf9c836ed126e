"""What could not be read, for standard error: a line for each kind of problem."""

from debugtext.records.captures import Problem
from debugtext.renderers.problem_lines import problem_lines


def test_problems_of_one_kind_are_one_line(make_report, dump):
    odd = [Problem(line, "left out", "a call", f"found {line}") for line in (3, 9, 4000)]
    lines = problem_lines(make_report(dump, problems=(odd[0], Problem(5, "cut off"), *odd[1:])))
    assert [line.partition(":")[2].partition(":")[2] for line in lines] == [
        '3: left out: expected a call, found "found 3" (2 more like it)',
        "5: cut off",
    ]


def test_of_many_kinds_the_rest_is_counted(make_report, dump):
    problems = [Problem(line, f"broken in way {line % 8}") for line in range(1, 41)]
    lines = problem_lines(make_report(dump, problems=tuple(problems)))
    assert len(lines) == 6
    assert lines[-1] == "debugtext: … and 15 more (--format json lists all)"


def test_how_many_are_alike_is_never_cut(make_report, dump):
    problems = [Problem(line, "a long word " * 90) for line in (1, 2)]
    (line,) = problem_lines(make_report(dump, problems=tuple(problems)))
    assert line.endswith("… (1 more like it)")
    assert len(line) <= 400
