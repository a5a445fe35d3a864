from net import SmallConvNet
