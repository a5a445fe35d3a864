"""The command ``train.py``: its options, the networks it knows, the pictures it leaves; and ``chainrule export``."""
