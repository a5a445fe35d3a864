# coding: utf-8
import sys, os
sys.path.append(os.pardir)
from dataset.mnist import load_mnist
from multi_layer_net import MultiLayerNet
from common.optimizer import Adam

(x_train, t_train), (x_test, t_test) = load_mnist(normalize=True)
net = MultiLayerNet([784, 100, 100, 10])
opt = Adam()
for i in range(10000):
    opt.update(net.params, net.gradient(x_train[:100], t_train[:100]))
