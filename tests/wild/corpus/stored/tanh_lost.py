from __future__ import print_function
import numpy as np

class Tanh:
	def forward(self, x):
		self.x = x
		np.tanh(x)

	def backward(self, d):
		return d / np.cosh(self.x) ** 2

class Cube:
	def forward(self, x):
		self.x = x
		return x ** 3

	def backward(self, d):
		return 3 * d * self.x ** 2
