"""Runs a watch from its start to its report, with signals, the store and the live table."""

import signal
import time
from pathlib import Path
from types import FrameType

from debugtext.cli import exit_codes
from debugtext.cli.live.table import Live
from debugtext.cli.options.of_reports import Options
from debugtext.cli.reporting.report import conclude, settings
from debugtext.cli.terminal.output import complain
from debugtext.comparing import Limit, with_limit
from debugtext.errors import InputUnavailableError, UnreadableInputError
from debugtext.history.asking import Clock
from debugtext.history.reports import report_on_targets
from debugtext.history.store import Store, default_path
from debugtext.history.store_errors import StoreError
from debugtext.history.watching import Plan, Watch
from debugtext.inputs.fetching import fetch, require_server, without_password


def watch(plan: Plan, path: Path | None, limit: Limit | None, options: Options) -> int:
    """Watches, shows a report on the snapshots, and returns its exit code; Ctrl-C ends the watch, not the report."""
    _refuse_what_never_answers(plan.urls)
    with Store(path or default_path()) as store:
        started, began = time.time(), time.monotonic()
        taking = Watch(plan, store, fetch, Live(options), Clock(time.time, time.monotonic, time.sleep))
        _say_what_begins(plan, taking, store)
        trouble = _run(taking)
        by_now = time.time() - (time.monotonic() - began)  # earlier than `started` if the clock was set back since
        try:
            report = report_on_targets(store, taking.urls, settings(options), since=min(started, by_now))
        except UnreadableInputError:
            return trouble or _who_never_answered(taking)
        code = max(trouble, conclude(with_limit(report, limit), options))
        return max(code, _who_never_answered(taking)) if taking.errors else code


def _run(taking: Watch) -> int:
    """The exit code of the watch alone: trouble if the store ended it; nothing that ends it prevents the report."""
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        taking.run()
    except KeyboardInterrupt:
        complain("interrupted: the report of what there is (Ctrl-C again leaves it)")
    except StoreError as error:
        complain(f"{error}; the watch ends here: the report of what was stored")
        return error.exit_code
    finally:
        signal.signal(signal.SIGTERM, previous)
    return exit_codes.CLEAN


def _refuse_what_never_answers(urls: tuple[str, ...]) -> None:
    """Refuses URLs that cannot be right before the watch begins; a program that does not run yet may still start."""
    for url in urls:
        try:
            require_server(url)
        except InputUnavailableError as error:
            raise InputUnavailableError(f"{without_password(url)}: {error}") from None


def _say_what_begins(plan: Plan, taking: Watch, store: Store) -> None:
    until = "until Ctrl-C" if plan.for_seconds is None else f"for {plan.for_seconds:g} s"
    complain(f"a snapshot every {plan.every_seconds:g} s {until}, kept in {store.path}")
    for target, url in taking.urls.items():
        if "/goroutine" in url and ("debug=2" in url or "debug=3" in url):
            complain(f"{target}: debug=2 stops the program while it prints every goroutine; debug=1 hardly does")
        if "gc=1" in url:
            complain(f"{target}: gc=1 collects garbage each time, which makes the numbers exact")


def _who_never_answered(taking: Watch) -> int:
    code = exit_codes.TROUBLE
    if not taking.errors:
        complain("no answer came yet: nothing to report")
    for target, error in taking.errors.items():
        complain(f"{target}: {error}")
        code = error.exit_code
    return code


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt
