# A neural network in (about) 20 lines of Python
import numpy as np

class Net(object):
  def __init__(self):
    self.inputSize = 3
    self.hiddenSize = 4
    self.outputSize = 1
    self.W1 = np.random.randn(self.inputSize, self.hiddenSize)
    self.W2 = np.random.randn(self.hiddenSize, self.outputSize)

  def forward(self, X):
    self.z2 = self.sigmoid(np.dot(X, self.W1))
    return self.sigmoid(np.dot(self.z2, self.W2))

  def sigmoid(self, s, deriv=False):
    if deriv:
      return s * (1 - s)      # s is already sigmoid(x)
    return 1 / (1 + np.exp(-s))

  def backward(self, X, y, output):
    self.error = y - output
    self.delta = self.error * self.sigmoid(output, deriv=True)
    self.z2_delta = self.delta.dot(self.W2.T) * self.sigmoid(self.z2, deriv=True)
    self.W1 += X.T.dot(self.z2_delta)
    self.W2 += self.z2.T.dot(self.delta)

  def train(self, X, y):
    self.backward(X, y, self.forward(X))

X = np.array([[0,0,1],[0,1,1],[1,0,1],[1,1,1]])
y = np.array([[0],[1],[1],[0]])

nn = Net()
for i in range(300):
  nn.train(X, y)
print("Loss: " + str(np.mean(np.square(y - nn.forward(X)))))
