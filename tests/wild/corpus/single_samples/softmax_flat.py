import numpy as np


class SoftmaxOutput:
    """flatten -> linear -> softmax for a single image, trained with SGD"""

    def __init__(self, input_len, nodes):
        self.weights = np.random.randn(input_len, nodes) / input_len
        self.biases = np.zeros(nodes)

    def forward(self, image):
        self.last_shape = image.shape
        self.flat = image.flatten()
        z = self.flat @ self.weights + self.biases
        e = np.exp(z - z.max())
        self.out = e / e.sum()
        return self.out

    def backward(self, d_L_d_out, learn_rate=0.005):
        # d out_i / d z_j = out_i * (delta_ij - out_j)
        d_out_d_z = np.diag(self.out) - np.outer(self.out, self.out)
        d_L_d_z = d_out_d_z @ d_L_d_out

        d_L_d_w = self.flat[:, np.newaxis] @ d_L_d_z[np.newaxis]
        d_L_d_b = d_L_d_z
        d_L_d_inputs = self.weights @ d_L_d_z

        self.weights -= learn_rate * d_L_d_w
        self.biases -= learn_rate * d_L_d_b
        return d_L_d_inputs.reshape(self.last_shape)
