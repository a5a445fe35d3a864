import numpy as np

def sigm(a):
  return 1/(1+np.exp(-a))

def rel_error(a, b):
  return np.max(np.abs(a-b)/np.maximum(1e-8, np.abs(a)+np.abs(b)))

def logprobs(scores):
  s = scores - scores.max(axis=1, keepdims=True)
  return s - np.log(np.exp(s).sum(axis=1, keepdims=True))
