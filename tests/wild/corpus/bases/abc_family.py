import abc
import numpy as np

class Operation(object, metaclass=abc.ABCMeta):
  @abc.abstractmethod
  def forward(self, *inputs):
    pass

  @abc.abstractmethod
  def backward(self, d):
    pass

class Multiply(Operation):
  def forward(self, a, b):
    self.a, self.b = a, b
    return a*b
  def backward(self, d):
    return d*self.b, d*self.a

class Divide(Operation):
  def forward(self, a, b):
    # b is kept away from zero
    self.a, self.b = a, b**2 + 1
    self.rawB = b
    return a/self.b
  def backward(self, d):
    da = d/self.b
    db = -d*self.a/self.b**2*2*self.rawB
    return da, db

class MatMul(Operation):
  def forward(self, a, b):
    self.a, self.b = a, b
    return a @ b
  def backward(self, d):
    return d @ self.b.T, self.a.T @ d
