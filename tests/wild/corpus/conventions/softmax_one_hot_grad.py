import numpy as np

class Softmax:
  # A standard fully-connected layer with softmax activation, one image at a time.

  def __init__(self, input_len, nodes):
    self.weights = np.random.randn(input_len, nodes) / input_len
    self.biases = np.zeros(nodes)

  def forward(self, input):
    '''
    Returns a 1d array with the probabilities.
    - input can be any array with any dimensions.
    '''
    self.last_input_shape = input.shape
    input = input.flatten()
    self.last_input = input
    totals = np.dot(input, self.weights) + self.biases
    self.last_totals = totals
    exp = np.exp(totals)
    return exp / np.sum(exp, axis=0)

  def backward(self, d_L_d_out):
    '''
    d_L_d_out is the gradient of the cross-entropy loss: only the entry of the
    correct label is not zero.  Returns the gradient for the inputs.
    '''
    for i, gradient in enumerate(d_L_d_out):
      if gradient == 0:
        continue

      t_exp = np.exp(self.last_totals)
      S = np.sum(t_exp)

      d_out_d_t = -t_exp[i] * t_exp / (S ** 2)
      d_out_d_t[i] = t_exp[i] * (S - t_exp[i]) / (S ** 2)

      d_L_d_t = gradient * d_out_d_t
      self.d_weights = self.last_input[np.newaxis].T @ d_L_d_t[np.newaxis]
      self.d_biases = d_L_d_t
      d_L_d_inputs = self.weights @ d_L_d_t
      return d_L_d_inputs.reshape(self.last_input_shape)
