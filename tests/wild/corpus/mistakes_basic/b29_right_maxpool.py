import numpy as np

class MaxPooling:
    def __init__(self, ph=2, pw=2, stride=2):
        self.ph, self.pw, self.s = ph, pw, stride

    def forward(self, x):
        self.x = x
        N, C, H, W = x.shape
        oh, ow = (H - self.ph) // self.s + 1, (W - self.pw) // self.s + 1
        out = np.empty((N, C, oh, ow))
        for i in range(oh):
            for j in range(ow):
                out[:, :, i, j] = x[:, :, i*self.s:i*self.s+self.ph, j*self.s:j*self.s+self.pw].max(axis=(2, 3))
        self.out = out
        return out

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                win = np.s_[:, :, i*self.s:i*self.s+self.ph, j*self.s:j*self.s+self.pw]
                mask = self.x[win] == self.out[:, :, i, j][:, :, None, None]
                dx[win] += mask * dout[:, :, i, j][:, :, None, None]
        return dx
