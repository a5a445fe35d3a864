import numpy as np

def sigmoid(z):
  return 1/(1+np.exp(-z))

class LogisticRegression:
  '''labels in {-1, +1}, loss = mean log(1 + exp(-y f(x))) '''

  def __init__(self, n_features, lr=0.1, n_iter=100):
    self.w = np.random.randn(n_features) * 0.1
    self.b = 0.0
    self.lr = lr
    self.n_iter = n_iter

  def loss(self, X, y):
    m = y * (X.dot(self.w) + self.b)
    return np.log(1 + np.exp(-m)).mean()

  def gradient(self, X, y):
    m = y * (X.dot(self.w) + self.b)
    coef = -y * sigmoid(m)
    dw = X.T.dot(coef) / len(y)
    db = coef.mean()
    return dw, db

  def fit(self, X, y):
    for i in range(self.n_iter):
      dw, db = self.gradient(X, y)
      self.w -= self.lr * dw
      self.b -= self.lr * db
      if i % 20 == 0:
        print(i, self.loss(X, y))
    return self

  def predict(self, X):
    return np.sign(X.dot(self.w) + self.b)

if __name__ == "__main__":
  X = np.random.randn(200, 2)
  y = np.where(X[:, 0] + X[:, 1] > 0, 1, -1)
  clf = LogisticRegression(2).fit(X, y)
  print("acc", (clf.predict(X) == y).mean())
