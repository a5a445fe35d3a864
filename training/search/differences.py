"""What differs between the search in a folder and the one that somebody asks for."""

from pathlib import Path

from language import N_, _
from training.search.definition import Definition

MOST_NAMED = 4  # differences to another search
OTHERS = N_(
    "{folder} holds another search: {differences}; choose another folder, or give the folder alone to take part"
)


def require_same(there: Definition, here: Definition, folder: Path) -> None:
    """Raise ValueError that names what differs between the search in a folder and the one that is asked for."""
    differences = [
        _(
            "{name} is {there} there and {here} here",
            name=name,
            there=theirs or _("not given"),
            here=ours or _("not given"),
        )
        for name, (theirs, ours) in compared(there, here).items()
        if theirs != ours
    ]
    if differences:
        named = differences[:MOST_NAMED] + ["..."] * (len(differences) > MOST_NAMED)
        raise ValueError(_(OTHERS, folder=folder, differences="; ".join(named)))


def compared(there: Definition, here: Definition) -> dict[str, tuple[str, str]]:
    """Return both values of everything in which two searches can differ, by its name."""
    sides = [
        {
            "--validation": f"{each.validation:g}",
            **by_flag(each.fixed),
            **{f"--vary {one.name}": str(one).partition("=")[2] for one in each.vary},
        }
        for each in (there, here)
    ]
    names = dict.fromkeys([*sides[0], *sides[1]])
    both = {name: (sides[0].get(name, ""), sides[1].get(name, "")) for name in names}
    data = (f"{there.dataset} ({there.checksum})", f"{here.dataset} ({here.checksum})")
    return {_("the data"): data, **both}


def by_flag(words: tuple[str, ...]) -> dict[str, str]:
    """Return words by the options that they belong to.

    >>> by_flag(("--hidden", "50", "20", "--batch-norm"))
    {'--hidden': '50 20', '--batch-norm': 'yes'}
    """
    found: dict[str, list[str]] = {}
    for word in words:
        if word.startswith("--"):
            found[word] = []
        elif found:
            found[list(found)[-1]].append(word)
    return {name: " ".join(values) or "yes" for name, values in found.items()}
