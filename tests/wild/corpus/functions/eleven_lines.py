import numpy as np

def nonlin(x, deriv=False):
    if(deriv==True):
        return x*(1-x)        # x is already the output here
    return 1/(1+np.exp(-x))

def tanh(x, deriv=False):
    if(deriv==True):
        return 1-x**2
    return np.tanh(x)

X = np.array([[0,0,1],[0,1,1],[1,0,1],[1,1,1]])
y = np.array([[0,1,1,0]]).T
np.random.seed(1)
syn0 = 2*np.random.random((3,4)) - 1
syn1 = 2*np.random.random((4,1)) - 1
for j in range(200):
    l1 = nonlin(np.dot(X,syn0))
    l2 = nonlin(np.dot(l1,syn1))
    l2_delta = (y - l2)*nonlin(l2,deriv=True)
    l1_delta = l2_delta.dot(syn1.T) * nonlin(l1,deriv=True)
    syn1 += l1.T.dot(l2_delta)
    syn0 += X.T.dot(l1_delta)
print("error:", np.mean(np.abs(y - l2)))
