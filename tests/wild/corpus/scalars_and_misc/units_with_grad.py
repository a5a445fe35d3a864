import math


class Unit(object):
    """a wire: its value and the derivative of the circuit's output"""
    def __init__(self, value, grad=0.0):
        self.value = value
        self.grad = grad


class multiplyGate(object):
    def forward(self, u0, u1):
        self.u0, self.u1 = u0, u1
        self.utop = Unit(u0.value * u1.value)
        return self.utop

    def backward(self):
        self.u0.grad += self.u1.value * self.utop.grad
        self.u1.grad += self.u0.value * self.utop.grad


class addGate(object):
    def forward(self, u0, u1):
        self.u0, self.u1 = u0, u1
        self.utop = Unit(u0.value + u1.value)
        return self.utop

    def backward(self):
        self.u0.grad += self.utop.grad
        self.u1.grad += self.utop.grad


class sigmoidGate(object):
    def forward(self, u0):
        self.u0 = u0
        self.utop = Unit(1 / (1 + math.exp(-u0.value)))
        return self.utop

    def backward(self):
        s = self.u0.value
        self.u0.grad += s * (1 - s) * self.utop.grad
