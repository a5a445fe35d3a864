import numpy as np

# Entrega 3: capa densa con activación sigmoide
class CapaSigmoide:
  def __init__(self, entradas, neuronas):
    self.pesos = np.random.uniform(-0.5, 0.5, size=(entradas, neuronas))
    self.sesgo = np.random.uniform(-0.5, 0.5, size=(1, neuronas))

  def forward(self, x):
    self.x = x
    z = x.dot(self.pesos) + self.sesgo
    self.a = 1 / (1 + np.exp(-z))
    return self.a

  def backward(self, da):
    dz = da * self.a * (1 - self.a)
    dW = self.x.T.dot(dz)
    db = np.sum(dz, axis=0, keepdims=True)
    dx = dz.dot(self.pesos.T)
    return dW, db, dx

  def actualizar(self, dW, db, tasa):
    self.pesos -= tasa * dW
    self.sesgo -= tasa * db
