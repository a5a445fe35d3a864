# computational graph, 2013
import numpy

class Node(object):
	def forward(self): pass
	def backward(self): pass

class BinaryNode(Node):
	def forward(self, a, b):
		pass
	def backward(self, dout):
		pass

class Plus(BinaryNode):
	def forward(self, a, b):
		return numpy.add(a, b)
	def backward(self, dout):
		return dout, dout

class Maximum(BinaryNode):
	def forward(self, a, b):
		self.bigger = numpy.greater(a, b); return numpy.maximum(a, b)
	def backward(self, dout):
		return dout * self.bigger, dout * ~self.bigger

class Exponential(Node):
	def forward(self, a):
		self.y = numpy.exp(a); return self.y
	def backward(self, dout):
		self.dx = dout * self.y; return self.dx
