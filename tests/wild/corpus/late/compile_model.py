import numpy as np

class MLPRegressor:
    def __init__(self, hidden_units=6):
        self.hidden_units = hidden_units
        self.compiled = False

    def compile(self, input_dim, output_dim, learning_rate=0.01):
        h = self.hidden_units
        self.learning_rate = learning_rate
        self.params = {
            'W1': np.random.randn(input_dim, h) / np.sqrt(input_dim),
            'b1': np.zeros((1, h)),
            'W2': np.random.randn(h, output_dim) / np.sqrt(h),
            'b2': np.zeros((1, output_dim)),
        }
        self.grads = {}
        self.compiled = True

    def forward(self, X):
        assert self.compiled, 'compile() the model first'
        p = self.params
        self.X = X
        self.z = X.dot(p['W1']) + p['b1']
        self.h = np.log1p(np.exp(self.z))
        return self.h.dot(p['W2']) + p['b2']

    def backward(self, dout):
        p = self.params
        self.grads['W2'] = self.h.T.dot(dout)
        self.grads['b2'] = dout.sum(axis=0, keepdims=True)
        dz = dout.dot(p['W2'].T) / (1 + np.exp(-self.z))
        self.grads['W1'] = self.X.T.dot(dz)
        self.grads['b1'] = dz.sum(axis=0, keepdims=True)
        return dz.dot(p['W1'].T)

    def fit(self, X, Y, epochs=10):
        for e in range(epochs):
            diff = self.forward(X) - Y
            self.backward(diff / len(X))
            for k in self.params:
                self.params[k] -= self.learning_rate * self.grads[k]
        return 0.5 * np.mean(np.sum(diff ** 2, axis=1))
