import numpy as np


class CategoricalCrossEntropy:
    """yTrue is one-hot, yPred the output of a softmax"""

    def loss(self, yTrue, yPred):
        return -np.sum(yTrue * np.log(yPred)) / yTrue.shape[0]

    def lossDerivative(self, yTrue, yPred):
        return -yTrue / yPred / yTrue.shape[0]


class PoissonLoss:
    def loss(self, yTrue, yPred):
        return np.sum(yPred - yTrue * np.log(yPred)) / yTrue.shape[0]

    def lossDerivative(self, yTrue, yPred):
        return (1 - yTrue * np.log(yPred)) / yTrue.shape[0]
