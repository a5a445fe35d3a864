import numpy as np
from matplotlib import pyplot

raw = np.genfromtxt("housing.csv", delimiter=",", names=True)
DATA = np.array(raw.tolist())
MEAN, STD = DATA.mean(0), DATA.std(0)
FEATURES = DATA.shape[1] - 1


class Standardize:
    """the first layer: subtracts the means of the table"""
    def forward(self, x):
        return (x - MEAN[:FEATURES]) / STD[:FEATURES]

    def backward(self, d):
        return d / STD[:FEATURES]


class Elu:
    def __init__(self, a=1.0):
        self.a = a

    def forward(self, x):
        self.out = np.where(x > 0, x, self.a * (np.exp(np.minimum(x, 0)) - 1))
        return self.out

    def backward(self, d):
        return d * np.where(self.out > 0, 1.0, self.out + self.a)


pyplot.hist(DATA[:, -1], bins=50)
pyplot.show()
