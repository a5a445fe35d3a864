import math

# 指数関数と対数のノード


class Exp:
    def forward(self, x):
        self.y = math.exp(x)
        return self.y

    def backward(self, d):
        return d * self.y


class ExpBase:
    """底が a の指数関数 a^x"""

    def __init__(self, a=2.0):
        self.a = a

    def forward(self, x):
        self.y = self.a ** x
        return self.y

    def backward(self, d):
        return d * self.y


class Log10:
    def forward(self, x):
        self.x = x
        return math.log10(x)

    def backward(self, d):
        return d / (self.x * math.log(10))
