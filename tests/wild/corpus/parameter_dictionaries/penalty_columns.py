import numpy as np

# three layers (relu, relu, sigmoid), L2 penalty lambd/(2m) * sum of squares

def forward_propagation(X, parameters):
    A, cache = X, {"A0": X}
    for l in (1, 2, 3):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.maximum(Z, 0) if l < 3 else 1 / (1 + np.exp(-Z))
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache


def compute_cost(A3, Y, parameters, lambd=0.7):
    m = Y.shape[1]
    entropy = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    penalty = sum(np.sum(np.square(parameters[f"W{l}"])) for l in (1, 2, 3))
    return entropy + lambd / (2 * m) * penalty


def backward_propagation(parameters, cache, X, Y, lambd=0.7):
    m, grads = X.shape[1], {}
    dZ = cache["A3"] - Y
    for l in (3, 2, 1):
        W = parameters[f"W{l}"]
        grads[f"dW{l}"] = dZ @ cache[f"A{l-1}"].T / m + lambd / m * W
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = (W.T @ dZ) * (cache[f"Z{l-1}"] > 0)
    return grads
