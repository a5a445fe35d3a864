"""The files in the corpus are checked, not run as tests."""

collect_ignore_glob = ["corpus/*"]
