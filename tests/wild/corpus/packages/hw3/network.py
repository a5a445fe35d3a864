import numpy as np
import config as cfg
from layers import fc_forward, fc_backward, relu_forward, relu_backward
from utils import logprobs, rel_error

class TwoLayerNet(object):
  """fc - relu - fc - softmax with L2 regularisation"""
  def __init__(self, input_dim=12, hidden_dim=cfg.HIDDEN, num_classes=4, reg=cfg.REG):
    self.reg = reg
    self.params = {
      'W1': cfg.WEIGHT_SCALE*np.random.randn(input_dim, hidden_dim), 'b1': np.zeros(hidden_dim),
      'W2': cfg.WEIGHT_SCALE*np.random.randn(hidden_dim, num_classes), 'b2': np.zeros(num_classes)}

  def loss(self, X, y=None):
    p = self.params
    a, c1 = fc_forward(X, p['W1'], p['b1'])
    h, c2 = relu_forward(a)
    scores, c3 = fc_forward(h, p['W2'], p['b2'])
    if y is None:
      return scores
    N = X.shape[0]
    lp = logprobs(scores)
    loss = -lp[np.arange(N), y].mean()
    loss += 0.5*self.reg*((p['W1']**2).sum() + (p['W2']**2).sum())
    ds = np.exp(lp)
    ds[np.arange(N), y] -= 1
    ds /= N
    grads = {}
    dh, grads['W2'], grads['b2'] = fc_backward(ds, c3)
    _, grads['W1'], grads['b1'] = fc_backward(relu_backward(dh, c2), c1)
    for k in ('W1', 'W2'):
      grads[k] += self.reg*p[k]
    return loss, grads
