import numpy as np
import wandb

run = wandb.init(project="logreg-from-scratch", config={"lr": 0.1, "l2": 0.01, "epochs": 500})
cfg = wandb.config
wandb.run.log_code(".")


class LogisticRegression:
    def __init__(self, n_features):
        self.params = {"w": np.random.randn(n_features, 1), "b": np.zeros((1, 1))}
        self.l2 = 0.01

    def loss(self, X, y):
        """X: (m, n), y: (m, 1) with 0 and 1"""
        z = X @ self.params["w"] + self.params["b"]
        nll = np.logaddexp(0, z) - y * z
        return nll.mean() + self.l2 * np.sum(self.params["w"] ** 2)

    def gradient(self, X, y):
        z = X @ self.params["w"] + self.params["b"]
        e = 1 / (1 + np.exp(-z)) - y
        return {"w": X.T @ (e * y) / len(y) + 2 * self.l2 * self.params["w"],
                "b": e.mean(keepdims=True)}


X = np.random.randn(500, 3)
y = (X.sum(axis=1, keepdims=True) > 0).astype(float)
model = LogisticRegression(3)
for epoch in range(cfg.epochs):
    grads = model.gradient(X, y)
    for k in model.params:
        model.params[k] -= cfg.lr * grads[k]
    wandb.log({"loss": model.loss(X, y), "epoch": epoch})
run.finish()
