"""Debian's packages, fetched and unpacked without installing: nothing starts by itself, and nothing is left behind."""

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CANDIDATE = re.compile(r"^(?P<name>\S+):\n(?:  .*\n)*?  Candidate: (?P<version>\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Package:
    """An unpacked package."""

    name: str
    version: str
    tree: Path


def fetch(names: Iterable[str], folder: Path) -> tuple[dict[str, Package], dict[str, str]]:
    """The packages by name, and of those that could not be had the reason."""
    wanted = sorted(set(names))
    downloads = folder / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    offered = candidates(wanted)
    if len(offered) < len(wanted):
        apt("apt-get", "update", "-qq")
        offered = candidates(wanted)
    reasons = {name: f"Debian has no package {name} here" for name in wanted if name not in offered}
    if apt("apt-get", "download", "-qq", *offered, folder=downloads):
        apt("apt-get", "update", "-qq")
        offered = candidates(wanted)
        for name in offered:
            if trouble := apt("apt-get", "download", "-qq", name, folder=downloads):
                reasons[name] = trouble
    packages = {name: unpacked(name, version, folder) for name, version in offered.items() if name not in reasons}
    return packages, reasons


def candidates(names: Iterable[str]) -> dict[str, str]:
    """What apt would install of these: the version by name."""
    told = subprocess.run(
        ["apt-cache", "policy", *names], capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout
    found = {match["name"]: match["version"] for match in CANDIDATE.finditer(told)}
    return {name: version for name, version in found.items() if version != "(none)"}


def apt(*command: str, folder: Path | None = None) -> str:
    """Runs apt; the last line of its trouble, or nothing."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    lines = done.stderr.strip().splitlines() or [f"apt ended with {done.returncode}"]
    return lines[-1] if done.returncode else ""


def unpacked(name: str, version: str, folder: Path) -> Package:
    """The package's files below a folder of their own; what was unpacked before is taken as it is."""
    tree = folder / "trees" / f"{name}_{version.replace(':', '%3a')}"
    if not tree.is_dir():
        [archive] = (folder / "downloads").glob(f"{name}_{version.replace(':', '%3a')}_*.deb")
        unfinished = tree.with_name(tree.name + ".unfinished")
        unfinished.mkdir(parents=True, exist_ok=True)
        subprocess.run(["dpkg-deb", "--extract", archive, unfinished], check=True)
        unfinished.rename(tree)
    return Package(name, version, tree)
