import numpy as np
from random import shuffle


def softmax_loss_naive(W, X, y, reg):
  """
  Softmax loss function, naive implementation (with loops)

  Inputs:
  - W: (D, C) weights
  - X: (N, D) minibatch
  - y: (N,) labels, 0 <= y[i] < C
  - reg: (float) regularization strength

  Returns a tuple of the loss and the gradient with respect to W
  """
  loss = 0.0
  dW = np.zeros_like(W)
  num_train = X.shape[0]
  num_classes = W.shape[1]
  for i in range(num_train):
    f = X[i].dot(W)
    f -= np.max(f)
    sum_f = np.sum(np.exp(f))
    loss += -f[y[i]] + np.log(sum_f)
    for j in range(num_classes):
      p = np.exp(f[j]) / sum_f
      dW[:, j] += (p - (j == y[i])) * X[i]
  loss /= num_train
  dW /= num_train
  loss += reg * np.sum(W * W)
  dW += 2 * reg * W
  return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
  """ Same, without loops """
  num_train = X.shape[0]
  f = X.dot(W)
  f -= f.max(axis=1, keepdims=True)
  p = np.exp(f) / np.exp(f).sum(axis=1, keepdims=True)
  loss = np.mean(-np.log(p[np.arange(num_train), y])) + reg * np.sum(W * W)
  ind = np.zeros_like(p)
  ind[np.arange(num_train), y] = 1
  dW = X.T.dot(p - ind)
  dW /= num_train
  dW += reg * W
  return loss, dW
