import numpy as np

# every backward is called as   backward(d, *cache)

class MatMul:
    def forward(self, a, b):
        return np.matmul(a, b), (a, b)

    def backward(self, d, a, b):
        return np.matmul(d, b.T), np.matmul(a.T, d)


class Add:
    """adds a row vector to each row"""
    def forward(self, x, row):
        return x + row, (x.shape,)

    def backward(self, d, shape):
        assert d.shape == shape
        return d, d.sum(0)


class Divide:
    def forward(self, a, b):
        return a / b, (a, b)

    def backward(self, d, a, b):
        return d / b, -d * a / b ** 2


if __name__ == '__main__':
    mm, add = MatMul(), Add()
    x, w, b = np.random.rand(4, 3), np.random.rand(3, 2), np.zeros(2)
    y, c1 = mm.forward(x, w)
    y, c2 = add.forward(y, b)
    d, db = add.backward(np.ones_like(y), *c2)
    dx, dw = mm.backward(d, *c1)
    print(dx.shape, dw.shape, db.shape)
