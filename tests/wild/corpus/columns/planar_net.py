import numpy as np

class PlanarNet:
    """one hidden tanh layer, sigmoid output; X (n_x, m), Y (1, m)"""

    def __init__(self, n_x, n_h, n_y=1):
        self.parameters = {"W1": np.random.randn(n_h, n_x) * 0.5,
                           "b1": np.zeros((n_h, 1)),
                           "W2": np.random.randn(n_y, n_h) * 0.5,
                           "b2": np.zeros((n_y, 1))}

    def forward_propagation(self, X):
        W1, b1, W2, b2 = [self.parameters[k] for k in ("W1", "b1", "W2", "b2")]
        A1 = np.tanh(W1 @ X + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        self.cache = {"A1": A1, "A2": A2}
        return A2

    def compute_cost(self, A2, Y):
        m = Y.shape[1]
        logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
        return float(-np.sum(logprobs) / m)

    def backward_propagation(self, X, Y):
        m = X.shape[1]
        A1, A2 = self.cache["A1"], self.cache["A2"]
        dZ2 = A2 - Y
        dW2 = dZ2 @ A1.T / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = self.parameters["W2"].T @ dZ2 * (1 - np.power(A1, 2))
        dW1 = dZ1 @ X.T / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


if __name__ == "__main__":
    X = np.random.randn(2, 400)
    Y = (X[:1] * X[1:] > 0).astype(int)
    net = PlanarNet(2, 4)
    for i in range(1000):
        cost = net.compute_cost(net.forward_propagation(X), Y)
        g = net.backward_propagation(X, Y)
        for k in net.parameters:
            net.parameters[k] -= 1.2 * g["d" + k]
    print("final cost", cost)
