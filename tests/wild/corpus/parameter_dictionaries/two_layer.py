import numpy as np

def sigmoid(x):
    return 1/(1+np.exp(-x))

def initialize_parameters(n_x, n_h, n_y, seed=3):
    """
    n_x, n_h, n_y -- sizes of input, hidden and output layer
    returns a dictionary with W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1)
    """
    r = np.random.RandomState(seed)
    parameters = {"W1": r.randn(n_h, n_x) * 0.1, "b1": np.zeros((n_h, 1)),
                  "W2": r.randn(n_y, n_h) * 0.1, "b2": np.zeros((n_y, 1))}
    assert parameters["W1"].shape == (n_h, n_x)
    return parameters

def forward_propagation(X, parameters):
    W1, b1 = parameters['W1'], parameters['b1']
    W2, b2 = parameters['W2'], parameters['b2']
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    assert(A2.shape == (1, X.shape[1]))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache

def compute_cost(A2, Y, parameters):
    """cross entropy; parameters is not used"""
    likelihood = np.where(Y == 1, A2, 1 - A2)
    cost = -np.mean(np.log(likelihood))
    assert cost.shape == ()
    return cost

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W1 = parameters['W1']
    W2 = parameters['W2']
    A1 = cache['A1']
    A2 = cache['A2']
    dZ2 = A2 - Y
    dW2 = (1/m) * np.dot(dZ2, A1.T)
    db2 = (1/m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = (1/m) * np.dot(dZ1, X.T)
    db1 = (1/m) * np.sum(dZ1, axis=1, keepdims=True)
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return grads

def update_parameters(parameters, grads, learning_rate=1.2):
    for k in ("W1", "b1", "W2", "b2"):
        parameters[k] = parameters[k] - learning_rate * grads["d" + k]
    return parameters
