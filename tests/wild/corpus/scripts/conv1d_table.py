# 1차원 합성곱 - 인덱스 표를 미리 만들어 둔다
import time
import numpy as np

LENGTH = 8
KERNEL = 3
STRIDE = 2

# 각 출력이 보는 입력 위치
INDEX = []
pos = 0
while pos + KERNEL <= LENGTH:
    INDEX.append(list(range(pos, pos + KERNEL)))
    pos += STRIDE
INDEX = np.array(INDEX)
N_OUT = len(INDEX)
print("출력 길이:", N_OUT)


class Conv1D:
    def __init__(self, out_channels):
        self.w = 0.5 * np.random.randn(KERNEL, out_channels)
        self.b = np.zeros(out_channels)

    def forward(self, x):
        """x: (배치, LENGTH) -> (배치, N_OUT, out_channels)"""
        assert x.shape[1] == LENGTH
        self.cols = x[:, INDEX]
        return self.cols @ self.w + self.b

    def backward(self, dout):
        self.dw = np.tensordot(self.cols, dout, axes=([0, 1], [0, 1]))
        self.db = dout.sum(axis=(0, 1))
        dcols = dout @ self.w.T
        dx = np.zeros((len(dout), LENGTH))
        for k in range(N_OUT):
            dx[:, INDEX[k]] += dcols[:, k]
        return dx


start = time.time()
signal = np.fromfile("ecg.dat", dtype=np.int16)[:LENGTH * 1000].reshape(-1, LENGTH)
conv = Conv1D(4)
print(conv.forward(signal / 32768).shape, time.time() - start)
