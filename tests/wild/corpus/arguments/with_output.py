#-*-coding:utf-8-*-
import numpy as np


class TanhLayer(object):
    def forward(self, x):
        return np.tanh(x)

    def backward(self, output, grad_output):
        return (1.0 - np.square(output)) * grad_output


class SoftmaxLayer(object):
    def forward(self, x):
        ex = np.exp(x - x.max(axis=1)[:, np.newaxis])
        return ex / ex.sum(axis=1)[:, np.newaxis]

    def backward(self, output, grad_output):
        dot = np.einsum('ij,ij->i', output, grad_output)
        return output * (grad_output - dot[:, np.newaxis])
