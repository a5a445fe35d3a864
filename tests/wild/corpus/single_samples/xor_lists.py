import math
import random


class XorNet:
    """2-2-1 network without any library, one example at a time"""

    def __init__(self, n_in=2, n_hidden=2, seed=7):
        rnd = random.Random(seed)
        self.w_hidden = [[rnd.gauss(0, 1) for _ in range(n_in + 1)] for _ in range(n_hidden)]
        self.w_out = [rnd.gauss(0, 1) for _ in range(n_hidden + 1)]

    def forward(self, inputs):
        self.inputs = list(inputs) + [1.0]          # bias input
        self.hidden = []
        for w in self.w_hidden:
            s = sum(a * b for a, b in zip(w, self.inputs))
            self.hidden.append(1 / (1 + math.exp(-s)))
        s = sum(a * b for a, b in zip(self.w_out, self.hidden + [1.0]))
        self.output = 1 / (1 + math.exp(-s))
        return self.output

    def loss(self, inputs, target):
        return 0.5 * (self.forward(inputs) - target) ** 2

    def backward(self, inputs, target):
        out = self.forward(inputs)
        delta_o = (out - target) * out * (1 - out)
        grad_out = [delta_o * h for h in self.hidden + [1.0]]
        grad_hidden = []
        for j, h in enumerate(self.hidden):
            delta_h = delta_o * self.w_out[j] * h * (1 - h)
            grad_hidden.append([delta_h * x for x in self.inputs])
        return grad_hidden, grad_out


if __name__ == "__main__":
    net = XorNet()
    data = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
    for epoch in range(2000):
        for x, t in data:
            gh, go = net.backward(x, t)
            net.w_out = [w - 0.5 * g for w, g in zip(net.w_out, go)]
            net.w_hidden = [[w - 0.5 * g for w, g in zip(r, gr)] for r, gr in zip(net.w_hidden, gh)]
    for x, t in data:
        print(x, t, round(net.forward(x), 3))
