# プーリング層(1枚の画像: 高さ x 幅 x チャンネル)
import numpy as np


class MaxPool2:
    def forward(self, img):
        self.img = img
        h, w, c = img.shape
        out = np.zeros((h // 2, w // 2, c))
        for i in range(h // 2):
            for j in range(w // 2):
                out[i, j] = img[2*i:2*i+2, 2*j:2*j+2].max(axis=(0, 1))
        return out

    def backward(self, d):
        dimg = np.zeros(self.img.shape)
        for i in range(d.shape[0]):
            for j in range(d.shape[1]):
                for k in range(d.shape[2]):
                    win = self.img[2*i:2*i+2, 2*j:2*j+2, k]
                    a, b = np.unravel_index(np.argmax(win), win.shape)
                    dimg[2*i+a, 2*j+b, k] = d[i, j, k]
        return dimg


class AvgPool2:
    def forward(self, img):
        h, w, c = img.shape
        self.shape = (h, w, c)
        return img[:h//2*2, :w//2*2].reshape(h // 2, 2, w // 2, 2, c).mean(axis=(1, 3))

    def backward(self, d):
        # 勾配を4つの画素に配る
        dimg = np.zeros(self.shape)
        up = d.repeat(2, axis=0).repeat(2, axis=1)
        dimg[:up.shape[0], :up.shape[1]] = up
        return dimg
