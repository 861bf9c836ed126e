"""Prints one of README's commands, so that CI runs what a reader would copy: the first is 1."""

import pathlib
import re
import sys

readme = pathlib.Path(__file__).parents[1] / "README.md"
commands = re.findall(r"^```sh\n(.*?)\n```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)
print(commands[int(sys.argv[1]) - 1])
