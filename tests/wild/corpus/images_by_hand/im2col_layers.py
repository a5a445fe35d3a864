# im2col을 이용한 합성곱
import numpy as np

def table(shape, fh, fw, stride, pad):
    """각 창의 원소 번호: (oh*ow, C*fh*fw)"""
    C, H, W = shape[1], shape[2] + 2*pad, shape[3] + 2*pad
    number = np.arange(C*H*W).reshape(C, H, W)
    rows = [number[:, y:y + fh, x:x + fw].ravel()
            for y in range(0, H - fh + 1, stride) for x in range(0, W - fw + 1, stride)]
    return np.array(rows)

def im2col(img, fh, fw, stride=1, pad=0):
    padded = np.pad(img, [(0,0), (0,0), (pad, pad), (pad, pad)], 'constant')
    idx = table(img.shape, fh, fw, stride, pad)
    return padded.reshape(len(img), -1)[:, idx].reshape(-1, idx.shape[1])

def col2im(col, shape, fh, fw, stride=1, pad=0):
    N, C, H, W = shape
    idx = table(shape, fh, fw, stride, pad)
    img = np.zeros((N, C*(H + 2*pad)*(W + 2*pad)))
    # 창마다 제자리에 되돌려 놓는다
    for n, part in enumerate(col.reshape(N, *idx.shape)):
        img[n, idx] += part
    return img.reshape(N, C, H + 2*pad, W + 2*pad)[:, :, pad:H + pad, pad:W + pad]

class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        N, _, H, W = x.shape
        oh = (H + 2*self.pad - FH)//self.stride + 1
        ow = (W + 2*self.pad - FW)//self.stride + 1
        self.x = x
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        self.col_W = self.W.reshape(FN, -1).T
        out = self.col @ self.col_W + self.b
        return out.reshape(N, oh, ow, FN).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = dout.sum(axis=0)
        self.dW = (self.col.T @ dout).T.reshape(FN, C, FH, FW)
        return col2im(dout @ self.col_W.T, self.x.shape, FH, FW, self.stride, self.pad)

class Pooling:
    def __init__(self, h=2, w=2, stride=2):
        self.h, self.w, self.stride = h, w, stride

    def forward(self, x):
        N, C, H, W = x.shape
        oh, ow = (H - self.h)//self.stride + 1, (W - self.w)//self.stride + 1
        col = im2col(x, self.h, self.w, self.stride).reshape(-1, self.h*self.w)
        self.x, self.arg = x, col.argmax(axis=1)
        return col.max(axis=1).reshape(N, oh, ow, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        d = np.zeros((dout.size, self.h*self.w))
        d[np.arange(self.arg.size), self.arg] = dout.transpose(0, 2, 3, 1).flatten()
        return col2im(d, self.x.shape, self.h, self.w, self.stride)
