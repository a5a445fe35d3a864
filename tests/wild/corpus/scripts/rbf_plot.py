import numpy as np
import matplotlib.pyplot as plt
from mpl_toolkits.mplot3d import Axes3D  # noqa

np.random.seed(3)
xx, yy = np.meshgrid(np.linspace(-2, 2, 40), np.linspace(-2, 2, 40))
grid = np.c_[xx.ravel(), yy.ravel()]

class RBF:
    # phi_j(x) = exp(-beta_j * |x - c_j|^2)
    def __init__(self, nIn, nCenters):
        self.C = np.random.uniform(-2, 2, (nCenters, nIn))
        self.beta = np.ones(nCenters)

    def forward(self, X):
        self.X = X
        self.D = X[:, None, :] - self.C[None, :, :]
        self.sq = np.sum(self.D**2, axis=2)
        self.phi = np.exp(-self.beta*self.sq)
        return self.phi

    def backward(self, dPhi):
        t = dPhi*self.phi
        self.dBeta = -np.sum(t*self.sq, axis=0)
        dD = -2*(t*self.beta)[:, :, None]*self.D
        self.dC = -dD.sum(axis=0)
        return dD.sum(axis=1)

rbf = RBF(2, 5)
z = rbf.forward(grid).sum(1)
fig = plt.figure(figsize=(9, 4))
ax = fig.add_subplot(121, projection='3d')
ax.plot_surface(xx, yy, z.reshape(xx.shape), cmap='viridis')
plt.subplot(122); plt.contourf(xx, yy, z.reshape(xx.shape)); plt.colorbar()
plt.savefig('rbf.pdf')
plt.show()
