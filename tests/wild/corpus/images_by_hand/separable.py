import numpy as np


def depthwise_forward(x, w, b, conv_param):
  """ every channel has its own filter; x (N, C, H, W), w (C, k, k), b (C,) """
  s, p = conv_param["stride"], conv_param["pad"]
  N, C, H, W = x.shape
  k = w.shape[-1]
  xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
  Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
  out = np.zeros((N, C, Ho, Wo)) + b.reshape(1, C, 1, 1)
  for i in range(k):
    for j in range(k):
      out += w[None, :, i, j, None, None] * xp[:, :, i:i + s * Ho:s, j:j + s * Wo:s]
  return out, (x, w, conv_param)


def depthwise_backward(dout, cache):
  x, w, conv_param = cache
  s, p = conv_param["stride"], conv_param["pad"]
  N, C, H, W = x.shape
  k = w.shape[-1]
  Ho, Wo = dout.shape[2:]
  xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
  dxp, dw = np.zeros_like(xp), np.zeros_like(w)
  for i in range(k):
    for j in range(k):
      view = (slice(None), slice(None), slice(i, i + s * Ho, s), slice(j, j + s * Wo, s))
      dw[:, i, j] = np.sum(dout * xp[view], axis=(0, 2, 3))
      dxp[view] += dout * w[None, :, i, j, None, None]
  return dxp[:, :, p:p + H, p:p + W], dw, dout.sum(axis=(0, 2, 3))


def pointwise_forward(x, w, b):
  """ 1x1 convolution, w (F, C), b (F,) """
  return np.einsum("fc,nchw->nfhw", w, x) + b[None, :, None, None], (x, w)


def pointwise_backward(dout, cache):
  x, w = cache
  dx = np.einsum("fc,nfhw->nchw", w, dout)
  dw = np.einsum("nfhw,nchw->fc", dout, x)
  db = dout.mean(axis=0).sum(axis=(1, 2))
  return dx, dw, db
