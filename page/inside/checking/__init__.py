"""The check of what a student has written, in the browser: the same as on the command line, without a process."""
