class LineFit:
    """y = m x + b with Python floats; loss = mean of the squared errors"""

    def __init__(self, m=0.0, b=0.0):
        self.m = m
        self.b = b
        self.dm = 0.0
        self.db = 0.0

    def forward(self, xs, ys):
        self.xs = xs
        self.errors = [self.m * x + self.b - y for x, y in zip(xs, ys)]
        return sum(e * e for e in self.errors) / len(xs)

    def backward(self):
        n = len(self.xs)
        self.dm = sum(2 * e * x for e, x in zip(self.errors, self.xs)) / n
        self.db = sum(e for e in self.errors) / n

    def step(self, lr=0.01):
        self.m -= lr * self.dm
        self.b -= lr * self.db


if __name__ == "__main__":
    xs = [0.0, 1.0, 2.0, 3.0]
    ys = [1.0, 3.1, 4.9, 7.2]
    fit = LineFit()
    for epoch in range(500):
        loss = fit.forward(xs, ys)
        fit.backward()
        fit.step(0.05)
    print(fit.m, fit.b, loss)
