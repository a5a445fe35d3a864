# 모든 계층의 인터페이스
class 계층:
    def forward(self, x): ...
    def backward(self, dout): ...


class Loss(계층):
    def forward(self, y, t): ...
    def backward(self): ...


# 나중에 구현할 것
class Dropout(계층):
    def __init__(self, ratio=0.5):
        self.ratio = ratio

    def forward(self, x):
        raise NotImplementedError("아직 구현하지 않음")


def attention_forward(q, k, v): ...
def attention_backward(dout, cache): ...
