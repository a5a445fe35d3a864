import numpy as np

class LogLoss:
  def forward(self, probs, targets):
    self.probs, self.targets = probs, targets
    m = len(targets)
    return -(1/m) * np.sum(targets*np.log(probs) + (1-targets)*np.log(1-probs))

  def backward(self, dout=1):
    m = len(self.targets)
    p, t = self.probs, self.targets
    return dout * -(t/p + (1-t)/(1-p)) / m


class SquaredHellinger:
  # 1/2 sum (sqrt(p) - sqrt(q))^2
  def forward(self, p, q):
    self.p, self.q = p, q
    return 0.5 * np.sum((np.sqrt(p) - np.sqrt(q))**2)

  def backward(self, dout=1):
    dp = 0.5 * (1 - np.sqrt(self.q / self.p))
    dq = 0.5 * (1 - np.sqrt(self.p / self.q))
    return dout*dp, dout*dq
