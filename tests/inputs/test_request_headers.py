"""What requests take along."""

import pytest

from debugtext.errors import DebugtextError, SettingsError
from debugtext.inputs.request_headers import headers


def test_from_options_and_a_file(tmp_path):
    (tmp_path / "headers").write_text("X-Tenant: blue\n\nX-Trace:1\n")
    assert headers(("Accept-Language: de",), str(tmp_path / "headers"), None, None) == {
        "Accept-Language": "de",
        "X-Tenant": "blue",
        "X-Trace": "1",
    }


def test_a_token_from_a_file(tmp_path):
    (tmp_path / "token").write_text("abc.def\n")
    assert headers((), None, str(tmp_path / "token"), None) == {"Authorization": "Bearer abc.def"}


def test_a_token_from_the_environment(monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "xyz")
    assert headers((), None, None, "MY_TOKEN") == {"Authorization": "Bearer xyz"}


@pytest.mark.parametrize(
    "line",
    ["no colon", ": no name", "X-A: b\r\nX-Evil: 1", "X-Ä: b"],
    ids=["no colon", "no name", "two lines in one", "not ASCII"],
)
def test_what_is_no_header(line):
    with pytest.raises(SettingsError, match="must look like"):
        headers((line,), None, None, None)


def test_an_empty_variable_is_said(monkeypatch):
    monkeypatch.delenv("MY_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="no token in the environment variable MY_TOKEN"):
        headers((), None, None, "MY_TOKEN")


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(DebugtextError, match="No such file"):
        headers((), None, str(tmp_path / "none"), None)


def test_a_file_that_the_environment_names_is_for_all_commands(tmp_path, monkeypatch):
    (tmp_path / "headers").write_text("Authorization: Bearer abc\n")
    monkeypatch.setenv("DEBUGTEXT_HEADER_FILE", str(tmp_path / "headers"))
    assert headers() == {"Authorization": "Bearer abc"}
