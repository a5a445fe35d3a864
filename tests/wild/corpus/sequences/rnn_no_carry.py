'''Recurrent layer in C-like style, everything preallocated.'''
import numpy as np

class RecurrentLayer:
    def __init__(self, nIn, nHid):
        self.nIn = nIn
        self.nHid = nHid
        self.win = np.random.uniform(-0.5, 0.5, (nIn, nHid))
        self.wrec = np.random.uniform(-0.5, 0.5, (nHid, nHid))
        self.bias = np.zeros((1, nHid))

    def forward(self, seq):
        batch, steps, _ = seq.shape
        self.seq = seq
        self.hid = np.zeros((batch, steps, self.nHid))
        last = np.zeros((batch, self.nHid))
        for k in range(steps):
            net = seq[:, k, :].dot(self.win) + last.dot(self.wrec) + self.bias
            last = 1.0 / (1.0 + np.exp(-net))
            self.hid[:, k, :] = last
        return self.hid

    def backward(self, dhid):
        batch, steps, _ = dhid.shape
        self.dwin = np.zeros(self.win.shape)
        self.dwrec = np.zeros(self.wrec.shape)
        self.dbias = np.zeros(self.bias.shape)
        dseq = np.zeros(self.seq.shape)
        for k in range(steps - 1, -1, -1):
            h = self.hid[:, k, :]
            dnet = dhid[:, k, :] * h * (1 - h)
            self.dwin += self.seq[:, k, :].T.dot(dnet)
            if k > 0:
                self.dwrec += self.hid[:, k - 1, :].T.dot(dnet)
            self.dbias += dnet.sum(axis=0, keepdims=True)
            dseq[:, k, :] = dnet.dot(self.win.T)
        return dseq
