import urllib.request, tarfile, os, threading
import numpy as np

URL = "http://example.org/speech_commands.tar.gz"
if not os.path.exists("speech.tar.gz"):
    print("downloading (1.4 GB) ...")
    urllib.request.urlretrieve(URL, "speech.tar.gz")
tarfile.open("speech.tar.gz").extractall("speech")

class SimpleRNN:
    '''whole sequence, x: (N, T, D); gives the last state'''
    def __init__(self, D, H):
        self.Wx = np.random.randn(D, H)/np.sqrt(D)
        self.Wh = np.random.randn(H, H)/np.sqrt(H)
        self.b  = np.zeros(H)

    def forward(self, x):
        N, T, D = x.shape
        self.x = x
        self.h = np.zeros((T + 1, N, self.b.size))
        for t in range(T):
            self.h[t+1] = np.tanh(x[:, t] @ self.Wx + self.h[t] @ self.Wh + self.b)
        return self.h[-1]

    def backward(self, dh):
        T = self.x.shape[1]
        self.dWx = np.zeros_like(self.Wx)
        self.dWh = np.zeros_like(self.Wh)
        self.db  = np.zeros_like(self.b)
        dx = np.zeros_like(self.x)
        for t in reversed(range(T)):
            da = dh*(1 - self.h[t+1]**2)
            self.dWx += self.x[:, t].T @ da
            self.dWh += self.h[t+1].T @ da
            self.db  += da.sum(0)
            dx[:, t] = da @ self.Wx.T
            dh = da @ self.Wh.T
        return dx

t = threading.Thread(target=lambda: print(len(os.listdir("speech"))))
t.start()
t.join()
