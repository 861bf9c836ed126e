"""What the addresses of a real program's profile tell of its channels, a nil one among them."""

import platform
import subprocess

import pytest

NEWEST = (1, 27)
"""Of later versions the places are to be read off first (knowledge/channels.toml)."""
MACHINES = {"x86_64", "amd64", "arm64", "aarch64", "i686", "i386"}


def test_a_profile_tells_nil_channels_from_others(go_environment, build, run_json):
    version = tuple(map(int, go_environment["DEBUGTEXT_GO"].split(".")))
    if version > NEWEST or platform.machine().lower() not in MACHINES:
        pytest.skip("where this Go parks at channels is not known")
    profile = subprocess.check_output([build("channels")])
    _, document = run_json("check", stdin=profile)
    found = {finding["functions"][0]: finding["evidence"]["state"] for finding in document["findings"]}
    assert {function: state for function, state in found.items() if "nil" in state} == {
        "main.receiveNil": "chan receive (nil chan)",
        "main.readAllNil": "chan receive (nil chan)",
        "main.sendNil": "chan send (nil chan)",
    }
