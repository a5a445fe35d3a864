# run from the hw3 folder:  python -m rnn.gru_cell
import numpy as np
from utils import sigm
import config

class GRUCell:
  def __init__(self, D, H):
    s = config.WEIGHT_SCALE
    self.Wz, self.Uz = s*np.random.randn(D, H), s*np.random.randn(H, H)
    self.Wr, self.Ur = s*np.random.randn(D, H), s*np.random.randn(H, H)
    self.Wn, self.Un = s*np.random.randn(D, H), s*np.random.randn(H, H)

  def forward(self, x, h):
    z = sigm(x @ self.Wz + h @ self.Uz)
    r = sigm(x @ self.Wr + h @ self.Ur)
    n = np.tanh(x @ self.Wn + (r*h) @ self.Un)
    self.cache = x, h, z, r, n
    return (1 - z)*n + z*h

  def backward(self, dnext):
    x, h, z, r, n = self.cache
    dn = dnext*(1 - z)*(1 - n**2)
    dz = dnext*(h - n)*z*(1 - z)
    drh = dn @ self.Un.T
    dr = drh*h*r*(1 - r)
    self.dWz, self.dUz = x.T @ dz, h.T @ dz
    self.dWr, self.dUr = x.T @ dr, h.T @ dr
    self.dWn, self.dUn = x.T @ dn, (r*h).T @ dn
    dx = dz @ self.Wz.T + dr @ self.Wr.T + dn @ self.Wn.T
    dh = drh*r + dz @ self.Uz.T + dr @ self.Ur.T
    return dx, dh
