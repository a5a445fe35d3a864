import sys
import os
import numpy as np

if len(sys.argv) < 2:
    print("usage: python usage_exit.py FOLDER")
    sys.exit(1)

folder = sys.argv[1]
if not os.path.isdir(folder):
    sys.exit("no such folder: " + folder)
files = sorted(os.listdir(folder))


def dense_forward(A_prev, W, b):
    """A_prev: (n_prev, m), W: (n, n_prev), b: (n, 1), columns are examples"""
    assert W.shape[1] == A_prev.shape[0]
    Z = W @ A_prev + b
    A = 1 / (1 + np.exp(-Z))
    return A, (A_prev, W, b, A)


def dense_backward(dA, cache):
    A_prev, W, b, A = cache
    dZ = dA * A * (1 - A)
    dW = dZ @ A_prev.T
    db = dZ.sum(axis=1, keepdims=True)
    dA_prev = W.T @ dA
    return dA_prev, dW, db


for name in files:
    data = np.load(os.path.join(folder, name))
    print(name, data.shape)
sys.exit(0)
