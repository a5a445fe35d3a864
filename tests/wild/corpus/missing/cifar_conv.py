import numpy as np
import torchvision
import torchvision.transforms as transforms
from torch.utils.data import DataLoader


def load_cifar(batch_size=32):
    tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,) * 3, (0.5,) * 3)])
    ds = torchvision.datasets.CIFAR10("./data", train=True, download=True, transform=tf)
    return DataLoader(ds, batch_size=batch_size, shuffle=True)


class DepthwiseConv:
    """one 3x3 filter for each channel, stride 1, zero padding, so the size stays"""

    def __init__(self, channels):
        self.kernel = np.random.randn(channels, 3, 3) / 3.0
        self.kernel_grad = np.zeros_like(self.kernel)

    def forward(self, x):
        h, w = x.shape[2:]
        self.padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        out = np.zeros_like(x)
        for i in range(3):
            for j in range(3):
                out += self.kernel[:, i, j][:, None, None] * self.padded[:, :, i:i + h, j:j + w]
        return out

    def backward(self, grad):
        h, w = grad.shape[2:]
        g = np.zeros_like(self.padded)
        for i in range(3):
            for j in range(3):
                window = self.padded[:, :, i:i + h, j:j + w]
                self.kernel_grad[:, i, j] = (grad * window).sum(axis=(0, 2, 3))
                g[:, :, i:i + h, j:j + w] += self.kernel[:, i, j][:, None, None] * grad
        return g[:, :, 1:-1, 1:-1]


if __name__ == "__main__":
    layer = DepthwiseConv(3)
    for images, labels in load_cifar():
        print(layer.forward(images.numpy().astype(np.float64)).std())
