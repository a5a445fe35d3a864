"""Where in a student's source an array is computed: its calls run once more, watched line by line."""
