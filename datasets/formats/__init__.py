"""Data as people have them on their disks: one format a file, each told apart by its content."""
