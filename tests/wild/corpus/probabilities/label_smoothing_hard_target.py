import numpy as np


class SmoothSoftmaxLoss:
    """Entropía cruzada con suavizado de etiquetas (epsilon = 0.2)."""

    epsilon = 0.2

    def forward(self, x, etiquetas):
        n, k = x.shape
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.prob = e / e.sum(axis=1, keepdims=True)
        self.etiquetas = etiquetas
        # distribución suavizada
        objetivo = np.full((n, k), self.epsilon / (k - 1))
        objetivo[np.arange(n), etiquetas] = 1 - self.epsilon
        self.perdida = -np.sum(objetivo * np.log(self.prob)) / n
        return self.perdida

    def backward(self):
        n = self.prob.shape[0]
        dx = self.prob.copy()
        dx[np.arange(n), self.etiquetas] -= 1
        return dx / n
