import math


class RBFNeuron:
    # one radial basis function: exp(-(x - c)^2 / (2 s^2)) * w
    def __init__(self, center=0.5, sigma=1.2, weight=-0.8):
        self.center = center
        self.sigma = sigma
        self.weight = weight

    def forward(self, x):
        self.x = x
        self.phi = math.exp(-(x - self.center) ** 2 / (2 * self.sigma ** 2))
        return self.weight * self.phi

    def backward(self, d):
        u = self.x - self.center
        self.dweight = d * self.phi
        self.dcenter = d * self.weight * self.phi * u / self.sigma ** 2
        self.dsigma = d * self.weight * self.phi * u ** 2 / self.sigma ** 2
        return -self.dcenter
