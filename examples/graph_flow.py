"""Forward and backward through a computational graph, one node at a time.

The animation shows the purchase of apple_shop.py. First the values flow, from left to right: a node computes its own as
soon as it has its inputs. Then the gradients flow back, from right to left, from dtotal/dtotal = 1: each node
multiplies what it gets by its own local derivative, and hands the product on. No node knows more of the graph than its
inputs and what comes back to it; the chain rule does the rest.
"""

import sys

from apple_shop import purchase
from graph import animate

if __name__ == "__main__":
    path = sys.argv[1] if len(sys.argv) > 1 else "graph_flow.gif"
    animate(purchase(), path)
    print(f"wrote {path}")
