import random

random.seed(42)


class DenseLayer:
    # no numpy: everything is a list
    def __init__(self, num_inputs, num_neurons):
        self.weights = [[random.uniform(-1, 1) for _ in range(num_inputs)] for _ in range(num_neurons)]
        self.biases = [random.uniform(-1, 1) for _ in range(num_neurons)]
        self.weight_grads = [[0.0] * num_inputs for _ in range(num_neurons)]
        self.bias_grads = [0.0] * num_neurons

    def forward(self, inputs):
        self.inputs = inputs
        outputs = []
        for w, b in zip(self.weights, self.biases):
            total = b
            for wi, xi in zip(w, inputs):
                total += wi * xi
            outputs.append(total)
        return outputs

    def backward(self, grads):
        input_grads = [0.0 for _ in self.inputs]
        for n in range(len(self.weights)):
            self.bias_grads[n] += grads[n]
            for i in range(len(self.inputs)):
                self.weight_grads[n][i] += grads[n] * self.inputs[i]
                input_grads[i] += grads[n] * self.weights[n][i]
        return input_grads

    def zero_grad(self):
        for n in range(len(self.weights)):
            self.bias_grads[n] = 0.0
            for i in range(len(self.weights[n])):
                self.weight_grads[n][i] = 0.0
