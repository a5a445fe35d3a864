"""Networks whose every step is known, put in the place of a student's, so that one step can be made wrong."""
