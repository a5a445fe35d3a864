import numpy as np
from math import sqrt, pi

# op(a, b) builds a node; op.backward(dz, z) gives one gradient per argument

class Tensor(object):
  def __init__(self, value, requires_grad=True, op=None, args=()):
    self.data = np.array(value, dtype=float)
    self.requires_grad = requires_grad
    self.op, self.args = op, args
    self.grad = np.zeros_like(self.data)

  def backward(self, dz=None):
    dz = np.ones_like(self.data) if dz is None else dz
    self.grad += dz
    if self.op is None: return
    ds = self.op.backward(dz, self.data)
    for arg, d in zip(self.args, ds):
      if isinstance(arg, Tensor) and arg.requires_grad:
        arg.backward(d)

class Op(object):
  def __call__(self, *args):
    return Tensor(self.forward(*[a.data for a in args]), True, self, args)

class Sub(Op):
  def forward(self, a, b):
    return a - b
  def backward(self, dz, z):
    return dz, -dz

class Mul(Op):
  def forward(self, a, b):
    self.a, self.b = a, b
    return a * b
  def backward(self, dz, z):
    return self.a * dz, self.b * dz

class Exp(Op):
  def forward(self, x):
    return np.exp(x)
  def backward(self, dz, z):
    return dz * z,

class Sigmoid(Op):
  def forward(self, x):
    self.x = x
    return 1 / (1 + np.exp(-x))
  def backward(self, dz, z):
    return dz * z * (1 - z),

class Sqrt(Op):
  def forward(self, x):
    return np.sqrt(np.abs(x) + 1.0)
  def backward(self, dz, z):
    return dz / (2 * z),

class Gelu(Op):
  def forward(self, x):
    self.x = x
    self.t = np.tanh(sqrt(2 / pi) * (x + 0.044715 * x ** 3))
    return 0.5 * x * (1 + self.t)
  def backward(self, dz, z):
    inner = sqrt(2 / pi) * (1 + 3 * 0.044715 * self.x ** 2)
    return dz * (0.5 * (1 + self.t) + 0.5 * self.x * (1 - self.t ** 2) * inner),
