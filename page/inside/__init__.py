"""The Python that runs in the browser: what the page asks, and what it is answered."""
