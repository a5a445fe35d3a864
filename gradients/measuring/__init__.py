"""What is measured: anybody's layer or network, run on copies in float64, and its slopes by central differences."""
