import numpy as np

class Classifier:
    '''binary classifier; model.compile(n_features) and then model.fit(X, y)'''

    def __init__(self, hidden):
        self.hidden = hidden
        self.W1 = self.b1 = self.W2 = self.b2 = None

    def compile(self, n_features):
        self.W1 = np.random.randn(n_features, self.hidden) * 0.8
        self.b1 = np.zeros(self.hidden)
        self.W2 = np.random.randn(self.hidden, 1) * 0.8
        self.b2 = np.zeros(1)

    def forward(self, X):
        self.A1 = np.tanh(X.dot(self.W1) + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.A1.dot(self.W2) + self.b2)))
        return self.A2

    def loss(self, X, y):
        p = self.forward(X)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gradients(self, X, y):
        m = X.shape[0]
        self.forward(X)
        dZ2 = (self.A2 - y) / m
        dW2 = self.A1.T.dot(dZ2)
        db2 = dZ2.sum(axis=0)
        dZ1 = dZ2.dot(self.W2.T) * (1 - self.A1 ** 2)
        dW1 = X.T.dot(dZ1) / m
        db1 = dZ1.sum(axis=0) / m
        return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}

    def fit(self, X, y, lr=0.5, epochs=100):
        for _ in range(epochs):
            for name, g in self.gradients(X, y).items():
                setattr(self, name, getattr(self, name) - lr * g)
