"""A network in a file, and files that are written whole or not at all."""
