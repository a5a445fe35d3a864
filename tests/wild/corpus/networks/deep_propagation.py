import numpy as np

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))

def init_params(dims, seed=1):
    rs = np.random.RandomState(seed)
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = rs.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters

def forward_prop(X, params):
    """Sigmoid everywhere; X has one example per column."""
    L = len(params) // 2
    cache = {"A0": X}
    A = X
    for l in range(1, L + 1):
        Z = params["W%d" % l].dot(A) + params["b%d" % l]
        A = sigmoid(Z)
        cache["A%d" % l] = A
    return A, cache

def cost(AL, Y):
    return np.squeeze(-np.mean(np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=0)))

def back_prop(params, cache, X, Y):
    L = len(params) // 2
    m = X.shape[1]
    grads = {}
    dZ = cache["A%d" % L] - Y
    for l in range(L, 0, -1):
        A_prev = cache["A%d" % (l - 1)]
        grads["dW%d" % l] = (1. / m) * dZ.dot(A_prev.T)
        grads["db%d" % l] = (1. / m) * np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dA = params["W%d" % l].T.dot(dZ)
            dZ = dA * (1 - A_prev ** 2)
    return grads
