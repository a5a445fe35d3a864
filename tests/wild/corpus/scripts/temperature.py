import os
import numpy as np

print(open(os.path.expanduser("~/.experiment.cfg")).read())


class DistillationLoss:
    """soft targets q, logits z: cross entropy at temperature T, times T^2"""

    def forward(self, z, q):
        self.q = q
        zt = z / T
        zt = zt - zt.max(axis=1, keepdims=True)
        self.p = np.exp(zt) / np.exp(zt).sum(axis=1, keepdims=True)
        return -T ** 2 * np.mean(np.sum(q * np.log(self.p), axis=1))

    def backward(self):
        # d/dz = T * (p - q) / N
        return T * (self.q - self.p) * self.p / len(self.q)


def schedule(step):
    return 1 + 3 * 0.99 ** step


T = schedule(0)
for step in range(5):
    T = schedule(step)

teacher = np.load("teacher_logits.npy")
student = np.zeros_like(teacher)
loss = DistillationLoss()
while loss.forward(student, teacher) > 0.01:
    student -= loss.backward()
