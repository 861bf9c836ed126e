"""The targets of a store that a user names, or all of them."""

from collections.abc import Sequence

from debugtext.errors import InputUnavailableError
from debugtext.history.store import Store
from debugtext.suggestions import did_you_mean


def chosen_targets(store: Store, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The named targets, each once; without names all that have snapshots.

    Raises InputUnavailableError for a name that no watch has put into the store, with the name that was likely meant.
    """
    if not names:
        return tuple(target.name for target in store.targets())
    known = store.target_names()
    for name in names:
        if name not in known:
            begun = next((f" Did you mean {target!r}?" for target in known if target.startswith(name)), "")
            hint = begun or did_you_mean(name, known) or " `debugtext history list` shows those that it knows."
            raise InputUnavailableError(f"the store knows no target {name!r}.{hint}")
    return tuple(dict.fromkeys(names))
