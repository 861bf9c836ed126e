"""What `convert` writes, opened in speedscope itself: its importer names the format, and shows the kind of number.

Needs `npm install speedscope` in some folder, and DEBUGTEXT_NODE_MODULES to name its `node_modules`.
"""

import json
import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest

from debugtext import read
from debugtext.converters import convert

pytestmark = pytest.mark.browser
FORMATS = {
    "pprof": ("pb.gz", "Importing as protobuf encoded pprof file"),
    "folded": ("txt", "Importing as collapsed stack format"),
    "speedscope": ("json", "Importing as speedscope json file"),
}
SAMPLES = ("heap/map-grow-go1.27-2.txt", "dump/chan-send-go1.27.txt", "contention/block-go1.19.txt")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing."""


@pytest.fixture(scope="module")
def speedscope(tmp_path_factory):
    """A folder with speedscope, and its address."""
    release = Path(os.environ.get("DEBUGTEXT_NODE_MODULES", "")) / "speedscope" / "dist" / "release"
    if not release.is_dir():
        pytest.skip("DEBUGTEXT_NODE_MODULES names no folder with speedscope")
    folder = copytree(release, tmp_path_factory.mktemp("speedscope") / "release")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_speedscope_imports_it(browser, speedscope, samples, sample, name):
    from selenium.webdriver.support.ui import WebDriverWait

    folder, address = speedscope
    ending, words = FORMATS[name]
    file = folder / f"{Path(sample).stem}.{ending}"
    [capture] = read(samples / sample).captures
    file.write_bytes(b"".join(convert(capture, name)))
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(f"{address}/index.html#profileURL={address}/{file.name}")
    WebDriverWait(browser, 20).until(lambda page: page.title.endswith(" - speedscope"))
    logged = [entry["message"] for entry in browser.get_log("browser")]
    assert any(words in message for message in logged), logged
    assert any("import:" in message for message in logged), logged


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_json_is_valid_by_the_schema(speedscope, samples, sample):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((speedscope[0] / "file-format-schema.json").read_text("utf-8"))
    [capture] = read(samples / sample).captures
    jsonschema.validate(json.loads(b"".join(convert(capture, "speedscope"))), schema)
