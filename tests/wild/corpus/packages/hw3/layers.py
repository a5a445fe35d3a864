import numpy as np
from utils import *

def fc_forward(x, w, b):
  """x can be an image batch (N, d1, ..., dk), w is (D, M)"""
  out = x.reshape(x.shape[0], -1).dot(w) + b
  return out, (x, w)

def fc_backward(dout, cache):
  x, w = cache
  dw = x.reshape(x.shape[0], -1).T.dot(dout)
  db = dout.sum(axis=0)
  dx = dout.dot(w.T).reshape(x.shape)
  return dx, dw, db

def relu_forward(x):
  return x*(x > 0), x

def relu_backward(dout, cache):
  return dout*(cache > 0)
