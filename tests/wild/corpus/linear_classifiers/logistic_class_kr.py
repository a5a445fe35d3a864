import numpy as np

class LogisticRegression:
    """이진 분류기. y는 0 또는 1"""

    def __init__(self, n_features, lr=0.1, seed=0):
        rng = np.random.default_rng(seed)
        self.w = rng.normal(0, 0.1, n_features)
        self.b = np.zeros(1)
        self.lr = lr

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def loss(self, X, y):
        p = self.predict_proba(X)
        J = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        dw = X.T @ (p - y) / len(y)   # 가중치의 기울기
        db = np.mean(p - y)           # 편향의 기울기
        return J, dw, db

    def fit(self, X, y, epochs=100):
        for _ in range(epochs):
            J, dw, db = self.loss(X, y)
            self.w -= self.lr * dw
            self.b -= self.lr * db
        return self


class MSEClassifier(LogisticRegression):
    # 제곱 오차로 학습
    def loss(self, X, y):
        p = self.predict_proba(X)
        J = np.mean((p - y) ** 2)
        d = 2 * (p - y) * p / len(y)
        return J, X.T @ d, d.sum()
