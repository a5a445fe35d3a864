import numpy as np

rng = np.random.default_rng(0)
LEARNING_RATE = 0.5


class XorNet:
    # 2 -> H -> 1, both sigmoid, binary cross entropy summed over the batch
    def __init__(self, hidden: int = 3):
        self.Wh = rng.normal(size=(2, hidden))
        self.bh = rng.normal(size=hidden)
        self.Wo = rng.normal(size=(hidden, 1))
        self.bo = rng.normal(size=1)

    @staticmethod
    def _sigmoid(a: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-a))

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.h = self._sigmoid(x @ self.Wh + self.bh)
        self.o = self._sigmoid(self.h @ self.Wo + self.bo)
        return self.o

    def train_step(self, x: np.ndarray, t: np.ndarray) -> float:
        o = self.forward(x)
        loss = -(t * np.log(o) + (1 - t) * np.log(1 - o)).sum()

        do = o - t                                  # sigmoid + BCE
        dh = do @ self.Wo.T * self.h * (1 - self.h)

        self.Wo -= LEARNING_RATE * self.h.T @ do
        self.bo -= LEARNING_RATE * do.sum(0)
        self.Wh -= LEARNING_RATE * x.T @ dh
        self.bh -= LEARNING_RATE * dh.sum(0)
        return loss


def main():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    t = np.array([[0], [1], [1], [0]], float)
    net = XorNet()
    for step in range(1001):
        loss = net.train_step(x, t)
        if step % 250 == 0:
            print(f"{step:5d}  {loss:.4f}")
    print(net.forward(x).round(2))


if __name__ == "__main__":
    main()
