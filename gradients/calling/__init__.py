"""How strangers' layers and functions are called: their verbs, their arguments, and what they give back."""
