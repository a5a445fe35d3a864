import numpy as np
import nn

data = np.loadtxt("data/train.csv", delimiter=",", skiprows=1)
x, y = data[:, 1:] / 255.0, data[:, :1]
net = [nn.Dense(784, 64), nn.BatchNorm(64), nn.LeakyReLU(), nn.Dense(64, 1)]
loss_fn = nn.Huber()
for epoch in range(100):
    for i in range(0, len(x), 128):
        out = x[i:i + 128]
        for layer in net:
            out = layer(out)
        loss = loss_fn.forward(out, y[i:i + 128])
        g = loss_fn.backward()
        for layer in reversed(net):
            g = layer.backward(g)
        for layer in net:
            for k in layer.params:
                layer.params[k] -= 0.01 * layer.grads[k]
    print(epoch, loss)
