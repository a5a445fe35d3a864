"""The page: write a backward in the browser, see what is wrong, watch it learn."""
