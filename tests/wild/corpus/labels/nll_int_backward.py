import numpy as np

EPS = 1e-12

class Softmax_CrossEntropy():
  def __init__(self):
    self.probabilities = None
    self.target = None

  def __call__(self, scores, target):
    return self.forward(scores, target)

  def forward(self, scores, target):
    e = np.exp(scores - np.amax(scores, axis = 1, keepdims = True))
    self.probabilities = e / np.sum(e, axis = 1, keepdims = True)
    self.target = target
    batch = scores.shape[0]
    if len(target.shape) == 2:
      return - np.sum(target * np.log(self.probabilities + EPS)) / batch
    return - np.sum(np.log(self.probabilities[np.arange(batch), target] + EPS)) / batch

  def backward(self):
    batch = self.probabilities.shape[0]
    grad = np.array(self.probabilities)
    grad[np.arange(batch), self.target] -= 1.
    return grad / batch
