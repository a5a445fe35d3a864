import numpy as np

def sigmoid(z):
    return 1/(1+np.exp(-z))

def logistic_loss(w, b, X, y):
    # X is (n_x, m), one example per column, y is (1, m)
    m = X.shape[1]
    a = sigmoid(w.T.dot(X) + b)
    loss = -1/m * np.sum(y*np.log(a) + (1-y)*np.log(1-a))
    dz = a - y
    dw = 1/m * X.dot(dz.T)
    db = 1/m * np.sum(dz)
    assert dw.shape == w.shape
    return loss, dw, db

def logistic_loss_l2(w, b, X, y, lambd=0.7):
    m = X.shape[1]
    a = sigmoid(w.T.dot(X) + b)
    loss = -1/m * np.sum(y*np.log(a) + (1-y)*np.log(1-a)) + lambd/(2*m)*np.sum(np.square(w))
    dz = a - y
    dw = 1/m * X.dot(dz.T) + lambd*w
    db = 1/m * np.sum(dz)
    return loss, dw, db

def model(X, Y, steps=200, alpha=0.5):
    w, b = np.zeros((X.shape[0], 1)), 0.0
    for _ in range(steps):
        loss, dw, db = logistic_loss(w, b, X, Y)
        w, b = w - alpha*dw, b - alpha*db
    return w, b, loss
