class Num:
    """수치 하나. backward 는 재귀로 부모를 따라간다."""

    def __init__(self, x, parents=(), back=None):
        self.x = x
        self.g = 0.0
        self.parents = parents
        self.back = back

    def __add__(self, o):
        return Num(self.x + o.x, (self, o), lambda g: (g, g))

    def __sub__(self, o):
        return Num(self.x - o.x, (self, o), lambda g: (g, -g))

    def __mul__(self, o):
        return Num(self.x * o.x, (self, o), lambda g: (g * o.x, g * self.x))

    def backward(self, g=1.0):
        self.g += g
        if self.back is None:
            return
        for p, d in zip(self.parents, self.back(self.g)):
            p.backward(d)


if __name__ == "__main__":
    a, b = Num(3.0), Num(2.0)
    c = a * b
    d = c + c * a
    d.backward()
    print(a.g, b.g)
