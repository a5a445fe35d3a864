"""The diagnosis of a training: why it does not learn, and what helps."""
