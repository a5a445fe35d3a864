import numpy as np

class Value(object):
  def __init__(self, data, parents=()):
    self.data, self.parents = data, parents
    self.grad = 0
    self._backward = lambda: None

  def __add__(self, o):
    out = Value(self.data + o.data, (self, o))
    def _backward():
      self.grad = out.grad
      o.grad = out.grad
    out._backward = _backward
    return out

  def __mul__(self, o):
    out = Value(self.data * o.data, (self, o))
    def _backward():
      self.grad = o.data * out.grad
      o.grad = self.data * out.grad
    out._backward = _backward
    return out

  def relu(self):
    out = Value(max(0.0, self.data), (self,))
    def _backward():
      self.grad = (out.data > 0) * out.grad
    out._backward = _backward
    return out

  def backward(self):
    order, seen = [], set()
    def visit(v):
      if id(v) in seen: return
      seen.add(id(v))
      for p in v.parents: visit(p)
      order.append(v)
    visit(self)
    self.grad = 1
    for v in order[::-1]: v._backward()

if __name__ == '__main__':
  a, b = Value(2.0), Value(-3.0)
  c = a * b + a
  c.backward()
  print(a.grad, b.grad)
