import math


class Sigmoid:
    def forward(self, x: float) -> float:
        self.y = 1.0 / (1.0 + math.exp(-x))
        return self.y

    def backward(self, d: float) -> float:
        return d * self.y * (1.0 - self.y)


class ReLU:
    def forward(self, x: float) -> float:
        self.x = x
        if x > 0:
            return x
        return 0.0

    def backward(self, d: float) -> float:
        return d if self.x > 0 else 0.0


class Softplus:
    def forward(self, x: float) -> float:
        self.x = x
        return math.log(1 + math.exp(x))

    def backward(self, d: float) -> float:
        return d * math.exp(self.x) / (1 + math.exp(self.x))


def leaky(x, a=0.1):
    return x if x > 0 else a * x


def leaky_derivative(x, a=0.1):
    return 1.0 if x > 0 else a
