# computational graph: gates with two inputs and one output (plain numbers)

class AddGate(object):
    def forward(self, x, y):
        return x + y

    def backward(self, dz):
        return [dz, dz]


class MultiplyGate(object):
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dz):
        return [self.y * dz, self.x * dz]


class DivideGate(object):
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x / y

    def backward(self, dz):
        dx = dz / self.y
        dy = -dz * self.x / self.y
        return [dx, dy]


class MaxGate(object):
    def forward(self, x, y):
        self.x_is_bigger = x >= y
        return max(x, y)

    def backward(self, dz):
        if self.x_is_bigger:
            return [dz, 0.0]
        else:
            return [0.0, dz]


if __name__ == '__main__':
    mul, add = MultiplyGate(), AddGate()
    q = add.forward(-2., 5.)
    f = mul.forward(q, -4.)
    dq, dz = mul.backward(1.)
    dx, dy = add.backward(dq)
    print(f, dx, dy, dz)
