import numpy as np


def conv_forward_naive(x, w, b, conv_param):
  """
  Naive forward pass of a convolution.

  - x: (N, C, H, W)
  - w: (F, C, HH, WW)
  - b: (F,)
  - conv_param: 'stride' and 'pad'
  Returns (out, cache)
  """
  stride, pad = conv_param['stride'], conv_param['pad']
  N, C, H, W = x.shape
  F, _, HH, WW = w.shape
  H_out = 1 + (H + 2 * pad - HH) / stride
  W_out = 1 + (W + 2 * pad - WW) / stride
  xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
  out = np.zeros((N, F, H_out, W_out))
  for n in xrange(N):
    for f in xrange(F):
      for i in xrange(H_out):
        for j in xrange(W_out):
          window = xp[n, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
          out[n, f, i, j] = np.sum(window * w[f]) + b[f]
  return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
  """ Returns dx, dw, db """
  x, w, b, conv_param = cache
  s, p = conv_param['stride'], conv_param['pad']
  N, F, H_out, W_out = dout.shape
  HH, WW = w.shape[2:]
  xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode='constant')
  dxp, dw = np.zeros_like(xp), np.zeros_like(w)
  db = dout.sum(axis=(0, 2, 3))
  for n in xrange(N):
    for f in xrange(F):
      for i in xrange(H_out):
        for j in xrange(W_out):
          rows, cols = slice(i * s, i * s + HH), slice(j * s, j * s + WW)
          dw[f] += dout[n, f, i, j] * xp[n, :, rows, cols]
          dxp[n, :, rows, cols] += dout[n, f, i, j] * w[f]
  return dxp[:, :, p:xp.shape[2] - p, p:xp.shape[3] - p], dw, db


def max_pool_forward_naive(x, pool_param):
  """ x: (N, C, H, W); pool_param: 'pool_height', 'pool_width', 'stride' """
  ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  N, C, H, W = x.shape
  out = np.zeros((N, C, (H - ph) / s + 1, (W - pw) / s + 1))
  for i in xrange(out.shape[2]):
    for j in xrange(out.shape[3]):
      out[:, :, i, j] = x[:, :, i * s:i * s + ph, j * s:j * s + pw].max(axis=(2, 3))
  return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
  x, pool_param = cache
  ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  dx = np.zeros_like(x)
  for i in xrange(dout.shape[2]):
    for j in xrange(dout.shape[3]):
      w = x[:, :, i * s:i * s + ph, j * s:j * s + pw]
      mask = w == w.max(axis=(2, 3))[:, :, None, None]
      dx[:, :, i * s:i * s + ph, j * s:j * s + pw] += mask * dout[:, :, i, j][:, :, None, None]
  return dx


if __name__ == '__main__':
  x = np.random.randn(2, 3, 5, 5)
  out, _ = conv_forward_naive(x, np.random.randn(4, 3, 3, 3), np.zeros(4), {'stride': 2, 'pad': 1})
  print 'conv out:', out.shape
