import math


class Sum:
    """Knoten mit beliebig vielen Eingaengen"""

    def forward(self, *xs):
        self.n = len(xs)
        return sum(xs)

    def backward(self, d):
        return [d] * self.n


class Product:
    def forward(self, *xs):
        self.xs = xs
        return math.prod(xs)

    def backward(self, d):
        return [d * math.prod(self.xs[:i] + self.xs[i + 1:]) for i in range(len(self.xs))]


class GeometricMean:
    def forward(self, *xs):
        self.xs = xs
        self.out = math.prod(xs) ** (1 / len(xs))
        return self.out

    def backward(self, d):
        return [d * self.out / x for x in self.xs]
