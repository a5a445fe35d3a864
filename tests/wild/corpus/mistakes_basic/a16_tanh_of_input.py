import numpy as np

class TanhActivation:

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.tanh(inputs)
        return self.output

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.inputs ** 2)
        return self.dinputs
