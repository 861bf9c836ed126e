"""servers.toml is well-formed: what is filled in is used, nobody is asked but this machine, and slips are told."""

import re

import pytest

from .entries import EntryError, fill, read_servers, server_of

SERVERS, LEFT_OUT = read_servers()
LEAST = {"name": "lion", "packages": ["lion"], "command": ["lion"], "ready": "soon", "why_no_pprof": "it roars alone"}
PORT = re.compile(r"\{port\d?\}")
HOST = re.compile(r"(?:https?|tcp|tls|udp)://([^/:]+)")


def test_there_are_many():
    assert len(SERVERS) > 80
    assert len([one for one in SERVERS if one.pprof]) > 30
    assert all(one.why for one in LEFT_OUT)


def test_each_has_a_port_or_a_socket_of_its_own():
    assert [one.name for one in SERVERS if not one.placeholders() & {"port", "data"}] == []


def test_each_is_asked_on_this_machine_alone():
    for one in SERVERS:
        texts = [one.ready, one.pprof, *(str(load.target) for load in one.load)]
        assert {host for text in texts for host in HOST.findall(text)} <= {"127.0.0.1"}, one.name
        assert not any("0.0.0.0" in text for text in one.texts()), one.name


def test_each_is_awaited_at_a_port_that_it_was_given():
    for one in SERVERS:
        given = " ".join([*one.command, one.prepare, *(text for _, text in (*one.files, *one.environment))])
        awaited = PORT.findall(one.ready + one.pprof)
        assert [port for port in awaited if port not in given] == [], one.name


def test_each_has_load_or_says_why_not():
    assert [one.name for one in SERVERS if not one.load and not one.note] == []


def test_braces_of_a_configuration_stay():
    assert (
        fill('{"port": {port}, "home": "{data}", {x}}', {"port": "1", "data": "/d"}) == '{"port": 1, "home": "/d", {x}}'
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"cage": 7}, "lion: unknown cage"),
        ({"ready": "when it roars"}, "lion: ready is one of http://, https://, tcp://, unix:, log:, soon"),
        ({"pprof": "http://127.0.0.1:{port}"}, "lion: either pprof or why_no_pprof"),
        ({"why_no_pprof": ""}, "lion: either pprof or why_no_pprof"),
        ({"load": [{"feed": "meat"}]}, "lion: a load is one of get, stream, say, datagram, run"),
        ({"load": [{"get": "http://127.0.0.1", "hungry": True}]}, "lion: unknown in a load: hungry"),
    ],
)
def test_a_slip_is_told(table, message):
    with pytest.raises(EntryError, match=f"^{re.escape(message)}$"):
        server_of(LEAST | table)


def test_what_is_missing_is_told():
    with pytest.raises(EntryError, match=r"^lion: no command, ready$"):
        server_of({"name": "lion", "packages": ["lion"]})


def test_a_name_twice_is_told(tmp_path):
    entry = (
        '[[server]]\nname = "lion"\npackages = []\ncommand = ["lion"]\nready = "soon"\npprof = "http://127.0.0.1/"\n'
    )
    (tmp_path / "servers.toml").write_text(entry * 2)
    with pytest.raises(EntryError, match=r"^named twice: lion$"):
        read_servers(tmp_path / "servers.toml")
