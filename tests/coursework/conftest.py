"""The files in `right` are students' work: they are graded, and not collected."""

collect_ignore_glob = ["right/*"]
