"""What the tests of the guide share."""

NAMES = """01-what-learning-is 02-numerical-differentiation 03-computational-graphs 04-chain-rule 05-apple-shop
06-one-node 07-relu-and-sigmoid 08-affine 09-softmax-with-loss 10-two-layers-by-hand 11-two-layer-net 12-gradient-check
13-linear-model-and-autograd 14-initialisation 15-optimizers 16-when-it-does-not-learn 17-overfitting
18-batch-normalisation 19-convolution-and-pooling 20-depth 21-on-to-pytorch""".split()
