"""Tests which members of a log's records are believed to name the process that wrote a line."""

import pytest

from debugtext.unwrapping.logs.identities import identities

LINES = 40
ONE_PROCESS = [
    pytest.param('{{"seq":{n},"len":{few}}}', id="length of the line"),
    pytest.param('{{"seq":{n},"cpu":{few},"ts":"2026-11-23T10:00:{n:02}Z"}}', id="processor"),
    pytest.param('{{"topic":"logs","partition":{few},"offset":{n},"broker":{few},"key":null}}', id="kcat -J"),
    pytest.param('{{"shard":{few},"_id":"8bd0{n}","log.offset":{n}}}', id="shard"),
    pytest.param('{{"level":"{level}","logger":"{level}"}}', id="level"),
    pytest.param('{{"pod_seq":{few},"process_uptime":{few},"host":"web"}}', id="number about a process"),
    pytest.param('{few}\t{n}\t"', id="columns of numbers"),
    pytest.param("seq={n} cpu={few} msg=", id="logfmt"),
]
TWO_PROCESSES = [
    pytest.param('{{"_PID":"{pid}","seq":{n},"len":{few}}}', id="pid of journalctl"),
    pytest.param('{{"procid":"{pid}","len":{few}}}', id="procid of syslog"),
    pytest.param('{{"process":{{"pid":{pid}}},"seq":{n}}}', id="pid in an object"),
    pytest.param('{{"kubernetes":{{"pod_name":"web-{pid}","n":{n}}}}}', id="pod"),
    pytest.param('{{"kubernetes":{{"pod":{{"name":"web-{pid}"}}}},"n":{n}}}', id="object of a pod"),
    pytest.param('{{"logStreamName":"task/{pid}","ingestionTime":{n}}}', id="log stream"),
    pytest.param("{{'containerId': '{pid}', 'seq': {n}}}", id="Python's quotes"),
    pytest.param("seq={n} cpu={few} host=web-{pid} msg=", id="logfmt"),
    pytest.param('web-{pid},{n},"', id="column"),
    pytest.param('Nov 23 10:00:{n:02} web app[{pid}]: {{"len":{few}}}', id="syslog's tag before the record"),
]


def _leads(record: str) -> list[str]:
    levels = ("info", "error", "warn")
    return [record.format(n=n, few=n % 3, level=levels[n % 3], pid=17 if n % 2 else 18) for n in range(LINES)]


@pytest.mark.parametrize("record", ONE_PROCESS)
def test_values_that_merely_vary_are_no_processes(record):
    assert not any(identities(_leads(record)))


@pytest.mark.parametrize("record", TWO_PROCESSES)
def test_what_names_a_process_keeps_two_of_them_apart(record):
    names = identities(_leads(record))
    assert len(set(names)) == 2
    assert len(set(names[::2])) == len(set(names[1::2])) == 1


def test_a_line_without_a_record_belongs_to_the_process_of_the_line_before():
    leads = _leads('{{"pid":{pid}}}')
    names = identities([lead for each in leads for lead in (each, "")])
    assert names[::2] == names[1::2]
