class Layer:
    """Every layer has params and grads, two dicts with the same keys."""

    def __init__(self):
        self.params = {}
        self.grads = {}
        self.training = True

    def forward(self, inputs):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError

    def __call__(self, inputs):
        return self.forward(inputs)
