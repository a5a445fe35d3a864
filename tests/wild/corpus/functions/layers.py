"""Assignment 2 - modular layers."""
import numpy as np


def affine_forward(x, w, b):
  """
  x: (N, d_1, ..., d_k)
  w: (D, M) with D = d_1 * ... * d_k
  b: (M,)
  """
  N = x.shape[0]
  out = x.reshape(N, -1).dot(w) + b
  cache = (x, w, b)
  return out, cache


def affine_backward(dout, cache):
  x, w, b = cache
  N = x.shape[0]
  dx = dout.dot(w.T).reshape(x.shape)
  dw = x.reshape(N, -1).T.dot(dout)
  db = dout.sum(axis=0)
  return dx, dw, db


def relu_forward(x):
  out = np.maximum(0, x)
  cache = x
  return out, cache


def relu_backward(dout, cache):
  x = cache
  dout = dout.copy()
  dout[x <= 0] = 0
  return dout


def affine_relu_forward(x, w, b):
  a, fc_cache = affine_forward(x, w, b)
  out, relu_cache = relu_forward(a)
  return out, (fc_cache, relu_cache)


def affine_relu_backward(dout, cache):
  fc_cache, relu_cache = cache
  da = relu_backward(dout, relu_cache)
  return affine_backward(da, fc_cache)
