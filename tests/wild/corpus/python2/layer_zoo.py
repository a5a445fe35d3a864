# old code, collected from notebooks 2014
import numpy as np

class Layer:
    def has(self, name): return self.__dict__.has_key(name)

class Linear(Layer):
    def __init__(self, nin, nout, scale=.2):
        self.p = {'w': np.random.randn(nin, nout) * scale, 'b': np.random.randn(nout) * scale}
        self.g = dict((k, np.zeros_like(v)) for k, v in self.p.iteritems())
    def forward(self, x):
        self.x = x
        return np.dot(x, self.p['w']) + self.p['b']
    def backward(self, d):
        self.g['w'] = np.dot(self.x.T, d)
        self.g['b'] = d.sum(0)
        return np.dot(d, self.p['w'].T)

class Tanh(Layer):
    def forward(self, x):
        self.x = x
        return np.tanh(x)
    def backward(self, d):
        return d * (1 - self.x**2)

class Softplus(Layer):
    def forward(self, x):
        self.x = x
        return np.log(1 + np.exp(x))
    def backward(self, d):
        return d / (1 + np.exp(-self.x))

class Maxout(Layer):
    """k neighbours share one output"""
    def __init__(self, k=2): self.k = k
    def forward(self, x):
        n, m = x.shape
        self.shape = x.shape
        z = x.reshape(n, m / self.k, self.k)
        self.arg = z.argmax(2)
        return z.max(2)
    def backward(self, d):
        n, m = self.shape
        dx = np.zeros((n, m / self.k, self.k))
        for i in xrange(n):
            for j in xrange(m / self.k):
                dx[i, j, self.arg[i, j]] = d[i, j]
        return dx.reshape(n, m)

if __name__ == '__main__':
    l = Linear(4, 3)
    print l.forward(np.ones((2, 4))), l.has('x')
