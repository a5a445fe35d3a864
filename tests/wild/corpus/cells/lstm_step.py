import numpy as np


def sigmoid(a):
  """ never overflows: exp gets numbers below zero only """
  e = np.exp(-np.abs(a))
  return np.where(a >= 0, 1.0, e) / (1.0 + e)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
  """
  One time step, gates in the order i f o g.

  - x: (N, D), prev_h: (N, H), prev_c: (N, H)
  - Wx: (D, 4H), Wh: (H, 4H), b: (4H,)

  Returns next_h, next_c, cache
  """
  H = prev_h.shape[1]
  a = np.dot(x, Wx) + np.dot(prev_h, Wh) + b
  i, f = sigmoid(a[:, 0:H]), sigmoid(a[:, H:2 * H])
  o, g = sigmoid(a[:, 2 * H:3 * H]), np.tanh(a[:, 3 * H:])
  next_c = f * prev_c + i * g
  tanh_c = np.tanh(next_c)
  next_h = o * tanh_c
  cache = (x, prev_h, prev_c, Wx, Wh, i, f, o, g, tanh_c)
  return next_h, next_c, cache


def lstm_step_backward(dnext_h, dnext_c, cache):
  """ Returns dx, dprev_h, dprev_c, dWx, dWh, db """
  x, prev_h, prev_c, Wx, Wh, i, f, o, g, tanh_c = cache
  do = dnext_h * tanh_c
  dc = dnext_c + dnext_h * o * (1 - tanh_c ** 2)
  di, df, dg = dc * g, dc * prev_c, dc * i
  dprev_c = dc * f
  da = np.concatenate((di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g ** 2)), axis=1)
  dx = da.dot(Wx.T)
  dprev_h = da.dot(Wh.T)
  dWx = x.T.dot(da)
  dWh = prev_h.T.dot(da)
  db = da.sum(axis=0)
  return dx, dprev_h, dprev_c, dWx, dWh, db
