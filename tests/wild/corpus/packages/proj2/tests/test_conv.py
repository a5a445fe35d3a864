import numpy as np
from minideep.ops.conv import Conv2d


def test_shape():
    assert Conv2d(3, 4, 3, padding=1).forward(np.ones((2, 3, 8, 8))).shape == (2, 4, 8, 8)
