"""Students' code in a process of its own, which answers with arrays; the verdict is made here."""
