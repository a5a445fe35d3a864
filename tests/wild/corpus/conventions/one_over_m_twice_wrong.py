import numpy as np


class ShallowNet:
    """Réseau à une couche cachée pour la classification binaire. Les exemples sont les colonnes."""

    def __init__(self, nx, nh, taux=0.5, graine=1):
        rng = np.random.RandomState(graine)
        self.W1 = rng.randn(nh, nx) * 0.5
        self.b1 = np.zeros((nh, 1))
        self.W2 = rng.randn(1, nh) * 0.5
        self.b2 = np.zeros((1, 1))
        self.taux = taux

    def forward(self, X):
        self.X = X
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = 1.0 / (1.0 + np.exp(-(self.W2 @ self.A1 + self.b2)))
        return self.A2

    def cout(self, Y):
        return -np.mean(Y * np.log(self.A2) + (1 - Y) * np.log(1 - self.A2))

    def backward(self, Y):
        m = Y.shape[1]
        dZ2 = (self.A2 - Y) / m
        self.dW2 = dZ2 @ self.A1.T
        self.db2 = dZ2.sum(axis=1, keepdims=True)
        dZ1 = (self.W2.T @ dZ2) * (1 - self.A1 ** 2)
        self.dW1 = dZ1 @ self.X.T / m
        self.db1 = dZ1.sum(axis=1, keepdims=True) / m

    def step(self):
        for nom in ("W1", "b1", "W2", "b2"):
            getattr(self, nom)[...] -= self.taux * getattr(self, "d" + nom)


if __name__ == "__main__":
    X = np.array([[0., 0, 1, 1], [0, 1, 0, 1]])
    Y = np.array([[0., 1, 1, 0]])
    net = ShallowNet(2, 4)
    for it in range(200):
        net.forward(X)
        net.backward(Y)
        net.step()
    net.forward(X)
    print("cout final", net.cout(Y))
