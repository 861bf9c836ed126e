"""The user's own knowledge files: what they do, and what is said of one that is not of the form."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from debugtext.analysis import analyze
from debugtext.errors import SettingsError
from debugtext.knowledge.entries import Idle, Library
from debugtext.knowledge.user_files import WORDS, read_user_file
from debugtext.reading import read
from debugtext.settings import Settings

from ..texts import profile

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "knowledge.md"
LIBRARY = '[[library]]\nid = "x"\nfunctions = ["a.b"]\ntitle = "t"\nadvice = "a"\nsource = "s"\n'
IDLE = '[[idle]]\nfunctions = ["a.b"]\nwhere = "any"\nwhy = "w"\nsource = "s"\n'


@pytest.fixture
def documented(tmp_path):
    """The example of the document, as a file."""
    text = DOCUMENT.read_text("utf-8")
    (example,) = re.findall(r"^```toml\n# our-knowledge\.toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    file = tmp_path / "our-knowledge.toml"
    file.write_text(example, "utf-8")
    return str(file)


def waiting(function, count=60):
    """A profile of goroutines that wait to receive, beside the main goroutine."""
    return profile((count, (function,)), (1, ("main.main",)))


def test_the_document_tells_of_every_key_and_of_its_default():
    rows = {}
    for names, row in re.findall(r"^\| (`.*?`) \| (.*)\|$", DOCUMENT.read_text("utf-8"), re.MULTILINE):
        rows |= dict.fromkeys(re.findall(r"\w+", names), row)
    assert set(rows) == {one.name for one in (*fields(Idle), *fields(Library))} | set(WORDS)
    for one in fields(Library):
        if one.default not in (MISSING, ()):
            default = str(one.default).lower().removesuffix(".0")
            assert rows[one.name].partition(" | ")[0].strip("`") == default


@pytest.mark.parametrize(
    ("function", "rules"),
    [
        ("example.com/broker.(*Subscription).deliver", ["DT211"]),
        ("example.com/app/queue.(*Pool).worker", []),
    ],
)
def test_the_example_of_the_document_tells_what_it_says(documented, function, rules):
    report = analyze([read(waiting(function))], settings=Settings(knowledge_files=(documented,)))
    assert [one.rule for one in report.findings] == rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[libary]]\nid = 'x'\n", "unknown key 'libary'. Did you mean 'library'?"),
        ("residents = ['a']\n", "unknown key 'residents'. Did you mean 'resident'?"),
        ("resident = 'a'\n", "resident = 'a': write a list of texts, in brackets"),
        ("[library]\nid = 'x'\n", "write [[library]], in double brackets, as there may be several"),
        (
            LIBRARY + LIBRARY.replace("functions", "functons"),
            "[[library]] number 2 (x): unknown key 'functons'. Did you mean 'functions'?",
        ),
        (LIBRARY.replace('title = "t"\n', ""), "[[library]] number 1 (x): title missing"),
        (LIBRARY + 'at_least = "3"\n', "[[library]] number 1 (x): at_least = '3': write a whole number"),
        (LIBRARY + "noted = 1\n", "[[library]] number 1 (x): noted = 1: write true or false"),
        (LIBRARY.replace('["a.b"]', "[]"), "[[library]] number 1 (x): functions: name at least one"),
        (IDLE.replace("any", "tpo"), "[[idle]] number 1: where = 'tpo': write one of top, any, creator, end"),
        ("library = [1]\n", "[[library]] number 1: write [[library]] with a key on each line below it"),
        (LIBRARY.replace('["a.b"]', '[""]'), "[[library]] number 1 (x): functions: an empty name"),
        (LIBRARY + "each = 0\n", "[[library]] number 1 (x): each = 0: write how many goroutines one has, 1 or more"),
        (LIBRARY + "at_least = -3\n", "[[library]] number 1 (x): at_least = -3: write a number from 0 on"),
        (LIBRARY + "share = nan\n", "[[library]] number 1 (x): share = nan: write a number from 0 on"),
        (LIBRARY + 'verdict = "bad"\n', "[[library]] number 1 (x): verdict = 'bad': write one of leak, deadlock"),
        ("idle = 3\n", "write [[idle]], in double brackets, as there may be several"),
        ("[[idle]\n", "Expected ']]' at the end of an array declaration"),
    ],
)
def test_what_is_not_of_the_form_is_told_with_its_place(tmp_path, text, message):
    file = tmp_path / "k.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_user_file(str(file))
    assert str(caught.value).startswith(f"{file}: {message}")


def test_a_share_may_be_a_whole_number(tmp_path):
    file = tmp_path / "k.toml"
    file.write_text(LIBRARY + "share = 1\n" + IDLE, "utf-8")
    assert read_user_file(str(file))["library"][0]["share"] == 1


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SettingsError, match="No such file"):
        read_user_file(str(tmp_path / "none.toml"))
