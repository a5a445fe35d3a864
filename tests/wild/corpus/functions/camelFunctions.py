import numpy as np

LEAK = 0.05

def sigmoid(x): return 1/(1+np.exp(-x))
def sigmoidDerivative(x): return sigmoid(x)*(1-sigmoid(x))

def leakyRelu(x): return np.where(x > 0, x, LEAK*x)
def leakyReluDerivative(x): return np.where(x > 0, 1, LEAK*x)

def gaussian(x): return np.exp(-x**2)
def gaussianDerivative(x): return -2*x*np.exp(-x**2)
