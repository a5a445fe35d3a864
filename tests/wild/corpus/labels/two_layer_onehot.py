import numpy as np

class RedNeuronal:
    # red de dos capas, t son filas one-hot

    def __init__(self, entrada, oculta, salida):
        self.W1 = np.random.randn(entrada, oculta)
        self.b1 = np.random.randn(oculta)
        self.W2 = np.random.randn(oculta, salida)
        self.b2 = np.random.randn(salida)

    def sigmoide(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def predecir(self, x):
        self.z1 = np.dot(x, self.W1) + self.b1
        self.a1 = self.sigmoide(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        return self.sigmoide(self.z2)

    def loss(self, x, t):
        y = self.predecir(x)
        return 0.5 * np.sum((y - t) ** 2) / x.shape[0]

    def gradient(self, x, t):
        # hacia adelante
        y = self.predecir(x)
        # hacia atras
        delta2 = (y - t) / x.shape[0]
        delta1 = np.dot(delta2, self.W2.T) * self.a1 * (1 - self.a1)
        grads = {}
        grads['W2'] = np.dot(self.a1.T, delta2)
        grads['b2'] = delta2.sum(axis=0)
        grads['W1'] = np.dot(x.T, delta1)
        grads['b1'] = delta1.sum(axis=0)
        return grads
