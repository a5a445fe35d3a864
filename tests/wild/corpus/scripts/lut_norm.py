# Group normalisation; the groups are set up in the script
import numpy as np

channels = 12
groups = {}
for c in range(channels):
    groups.setdefault(c % 3, []).append(c)      # 0: [0, 3, 6, 9], 1: [1, 4, 7, 10], ...


def epsilon():
    e = 1.0
    while 1.0 + e > 1.0:
        e /= 2
    return 1e8 * e


EPS = epsilon()


class GroupNorm:
    def forward(self, x):
        self.z = np.empty_like(x)
        self.s = {}
        for k, idx in groups.items():
            part = x[:, idx]
            self.s[k] = np.sqrt(part.var(axis=1, keepdims=True) + EPS)
            self.z[:, idx] = (part - part.mean(axis=1, keepdims=True)) / self.s[k]
        return self.z

    def backward(self, dout):
        dx = np.empty_like(dout)
        for k, idx in groups.items():
            g, z = dout[:, idx], self.z[:, idx]
            dx[:, idx] = (g - g.mean(axis=1, keepdims=True) - z * (g * z).mean(axis=1, keepdims=True)) / self.s[k]
        return dx


class ChannelScale:
    """one factor per channel, folded over the channels of a group"""

    def __init__(self):
        self.scale = np.linspace(0.5, 1.5, channels)

    def forward(self, x):
        self.x = x
        return x * self.scale

    def backward(self, dout):
        self.dscale = np.sum(dout * self.x, axis=0)
        return dout * self.scale


if __name__ == '__main__':
    images = np.load(input('npy file: '))
    print(GroupNorm().forward(ChannelScale().forward(images)).std())
