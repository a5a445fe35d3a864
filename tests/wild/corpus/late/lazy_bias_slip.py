import numpy as np

class Capa:
    """Capa lineal; el sesgo se crea en la primera pasada si hace falta."""

    def __init__(self, n_entradas, n_salidas, con_sesgo=True):
        self.W = np.random.randn(n_entradas, n_salidas) / n_entradas
        self.con_sesgo = con_sesgo

    def forward(self, X):
        self.X = X
        salida = np.matmul(X, self.W)
        if self.con_sesgo:
            if not hasattr(self, 'b'):
                self.b = np.zeros(salida.shape[-1])
            salida = salida + self.b
        return salida

    def backward(self, dSalida):
        self.dW = np.matmul(self.X.T, dSalida)
        if self.con_sesgo:
            self.db = np.sum(self.dW, axis=0)
        return np.matmul(dSalida, self.W.T)

class Seno:
    def forward(self, X):
        self.X = X
        return np.sin(X)

    def backward(self, dSalida):
        return dSalida * np.cos(self.X)
