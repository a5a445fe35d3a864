import numpy as np

class MLP:
    """Regression net: tanh hidden layer, linear output, half squared error."""
    def __init__(self, n_in, n_hidden, n_out, learning_rate=0.5):
        self.learning_rate = learning_rate
        self.W_ih = np.random.uniform(-1, 1, (n_in, n_hidden))
        self.b_h = np.zeros(n_hidden)
        self.W_ho = np.random.uniform(-1, 1, (n_hidden, n_out))
        self.b_o = np.zeros(n_out)

    def forward(self, X):
        self.hidden = np.tanh(X @ self.W_ih + self.b_h)
        return self.hidden @ self.W_ho + self.b_o

    def loss(self, X, y):
        return 0.5 * np.sum((self.forward(X) - y) ** 2) / X.shape[0]

    def train_step(self, X, y):
        out = self.forward(X)
        err = (out - y) / X.shape[0]

        # output layer
        self.W_ho -= self.learning_rate * self.hidden.T @ err
        self.b_o -= self.learning_rate * err.sum(axis=0)

        # hidden layer
        err_h = (err @ self.W_ho.T) * (1 - self.hidden ** 2)
        self.W_ih -= self.learning_rate * X.T @ err_h
        self.b_h -= self.learning_rate * err_h.sum(axis=0)
