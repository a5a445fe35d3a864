import numpy as np


class TiedAutoencoder:
    """Autoencoder whose decoder uses the transposed encoder weights."""

    def __init__(self, n_visible, n_hidden):
        r = np.sqrt(6.0 / (n_visible + n_hidden))
        self.W = np.random.uniform(-r, r, (n_visible, n_hidden))
        self.b_enc = np.zeros(n_hidden)
        self.b_dec = np.zeros(n_visible)

    def encode(self, X):
        return 1.0 / (1.0 + np.exp(-(X @ self.W + self.b_enc)))

    def decode(self, H):
        return H @ self.W.T + self.b_dec

    def forward(self, X):
        self.X = X
        self.H = self.encode(X)
        return self.decode(self.H)

    def backward(self, dR):
        dH = dR @ self.W
        dZ = dH * self.H * (1 - self.H)
        # W is used twice: once by the decoder (transposed), once by the encoder
        self.dW = dR.T @ self.H + self.X.T @ dZ
        self.db_enc = dZ.sum(axis=0)
        self.db_dec = dR.sum(axis=0)
        return dZ @ self.W.T


if __name__ == "__main__":
    np.random.seed(0)
    data = np.random.randn(200, 2) @ np.random.randn(2, 6)
    ae = TiedAutoencoder(6, 3)
    for epoch in range(200):
        diff = ae.forward(data) - data
        ae.backward(diff / len(data))
        for p in ("W", "b_enc", "b_dec"):
            setattr(ae, p, getattr(ae, p) - 0.05 * getattr(ae, "d" + p))
    print("reconstruction error", (diff ** 2).sum(1).mean())
