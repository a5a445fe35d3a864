"""What the page's part *Train* asks: a network that is trained in slices, looked at meanwhile, and taken along."""
