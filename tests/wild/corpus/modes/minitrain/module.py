class Module:
    def __init__(self):
        self.training = True
        self.p = {}
        self.g = {}

    def forward(self, x):
        raise NotImplementedError("implement forward")

    def backward(self, dy):
        raise NotImplementedError("implement backward")

    def __call__(self, x):
        return self.forward(x)

    def train(self, mode=True):
        self.training = mode

    def eval(self):
        self.train(False)


class Sequential(Module):
    def __init__(self, *modules):
        super().__init__()
        self.modules = list(modules)

    def forward(self, x):
        for m in self.modules:
            x = m(x)
        return x

    def backward(self, dy):
        for m in self.modules[::-1]:
            dy = m.backward(dy)
        return dy

    def train(self, mode=True):
        super().train(mode)
        for m in self.modules:
            m.train(mode)
