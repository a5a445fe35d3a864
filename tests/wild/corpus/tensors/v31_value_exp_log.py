from math import exp, log


class Scalar:
    def __init__(self, val, prev=()):
        self.val = val
        self.grad = 0.0
        self.prev = prev
        self.backprop = None

    def __add__(self, other):
        r = Scalar(self.val + other.val, (self, other))
        def bp():
            self.grad += r.grad
            other.grad += r.grad
        r.backprop = bp
        return r

    def __mul__(self, other):
        r = Scalar(self.val * other.val, (self, other))
        def bp():
            self.grad += r.grad * other.val
            other.grad += r.grad * self.val
        r.backprop = bp
        return r

    def exp(self):
        r = Scalar(exp(self.val), (self,))
        def bp():
            self.grad += r.grad * self.val
        r.backprop = bp
        return r

    def log(self):
        r = Scalar(log(self.val), (self,))
        def bp():
            self.grad += r.grad / self.val
        r.backprop = bp
        return r

    def backward(self):
        nodes = []
        def collect(n):
            if n not in nodes:
                for p in n.prev:
                    collect(p)
                nodes.append(n)
        collect(self)
        self.grad = 1.0
        while nodes:
            n = nodes.pop()
            if n.backprop:
                n.backprop()
