import torch
import torch.nn as nn


class MyBatchNorm(nn.Module):
    def __init__(self, D, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.gamma = nn.Parameter(torch.ones(D))
        self.beta = nn.Parameter(torch.zeros(D))
        self.grads = {}

    def forward(self, x):
        with torch.no_grad():
            mean = x.mean(dim=0)
            self.std = torch.sqrt(x.var(dim=0, correction=0) + self.eps)
            self.xhat = (x - mean) / self.std
            return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        with torch.no_grad():
            m = dout.size(0)
            self.grads["beta"] = dout.sum(0)
            self.grads["gamma"] = (dout * self.xhat).sum(0)
            dxhat = dout * self.gamma
            return (m * dxhat - dxhat.sum(0) - self.xhat * (dxhat * self.xhat).sum(0)) / (m * self.std)
