import numpy as np

rng = np.random.default_rng(42)
LR = 0.5


class CapaDensa:
    """Capa densa con activación sigmoide; la tasa de aprendizaje es un atributo."""

    def __init__(self, entradas, salidas, tasa=LR):
        self.pesos = rng.normal(0, 1, (entradas, salidas))
        self.sesgo = np.zeros((1, salidas))
        self.tasa = tasa

    def forward(self, x):
        self.entrada = x
        self.salida = 1 / (1 + np.exp(-(x @ self.pesos + self.sesgo)))
        return self.salida

    def backward(self, grad, objetivo=None):
        # en la última capa se pasa el objetivo en lugar del gradiente
        if objetivo is not None:
            grad = self.salida - objetivo
        delta = grad * self.salida * (1 - self.salida)
        anterior = delta @ self.pesos.T
        self.pesos -= self.tasa * self.entrada.T @ delta
        self.sesgo -= self.tasa * delta.sum(axis=0, keepdims=True)
        return anterior


def entrenar(pasos=300):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    Y = np.array([[0], [1], [1], [0]], dtype=float)
    c1, c2 = CapaDensa(2, 4), CapaDensa(4, 1)
    for _ in range(pasos):
        c2.forward(c1.forward(X))
        c1.backward(c2.backward(None, objetivo=Y))
    return c2.salida


if __name__ == "__main__":
    print(entrenar())
