# Funciones de activación y sus derivadas.
# OJO: las derivadas reciben la SALIDA de la función (a), no la entrada.
import numpy as np


def sigmoide(x):
    return 1.0 / (1.0 + np.exp(-np.array(x, dtype=float)))


def d_sigmoide(a):
    return a * (1.0 - a)


def tanh(x):
    return np.tanh(x)


def d_tanh(a):
    return 1.0 - a ** 2


def relu(x):
    return np.maximum(np.array(x, dtype=float), 0)


def d_relu(a):
    return (a > 0).astype(float)


if __name__ == "__main__":
    # red para XOR
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    np.random.seed(7)
    w1 = np.random.uniform(-1, 1, (2, 4))
    w2 = np.random.uniform(-1, 1, (4, 1))
    for epoca in range(500):
        a1 = tanh(X.dot(w1))
        a2 = sigmoide(a1.dot(w2))
        delta2 = (a2 - y) * d_sigmoide(a2)
        delta1 = delta2.dot(w2.T) * d_tanh(a1)
        w2 -= 0.5 * a1.T.dot(delta2)
        w1 -= 0.5 * X.T.dot(delta1)
    print("salida:", a2.ravel())
