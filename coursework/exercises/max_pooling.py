# %% [markdown]
# # Max pooling
#
# A convolutional network makes its images smaller from layer to layer. Max pooling does so without any weights: a
# window moves over the image, and of all pixels that it sees, only the largest goes on. Where exactly in the window it
# was does not matter, so a small shift of the image changes little.
#
# Images are arrays with four axes, (N, C, H, W): N samples with C channels of H rows and W columns. Each channel of
# each sample is treated by itself. The window has `pool_h` rows and `pool_w` columns, and moves by `stride` pixels,
# downwards as well as to the right:
#
# | array | shape | |
# |---|---|---|
# | `x` | (N, C, H, W) | the images |
# | `y` | (N, C, out_h, out_w) | a maximum for each place of the window |
# | `dout` | (N, C, out_h, out_w) | |
# | `dx` | (N, C, H, W) | |
#
# $$out_h = \left\lfloor \frac{H - pool_h}{stride} \right\rfloor + 1 \qquad
# out_w = \left\lfloor \frac{W - pool_w}{stride} \right\rfloor + 1$$
#
# At the place (i, j) the window sees the rows from i * stride and the columns from j * stride on. Rows and columns at
# the lower and right edge for which no whole window is left are not seen.
#
# Backward asks how y changes with each pixel. The output is the value of one pixel, the maximum: if this pixel grows a
# little, y grows by as much; if another one does, y does not change. So the whole gradient goes to the pixel that was
# the maximum, and nothing to the others. Windows overlap when the stride is smaller than the window. A pixel can then
# be the maximum of several windows, and the gradients that it gets from them add up.
#
# By hand, with a window of 2 x 2 that moves by 1:
#
# ```text
#      x            y           dout           dx
#
#    1 2 0         4 5          1 2          0 0 0
#    4 3 5         6 6          3 4          1 0 2
#    0 6 1                                   0 7 0
# ```
#
# The 6 is the maximum of both lower windows, so that its gradient is 3 + 4 = 7.
#
# **Your task:** write `MaxPooling(pool_h, pool_w, stride)`. `forward(x)` returns y, `backward(dout)` returns dx. Loops
# are welcome: two over the places of the window are enough in forward.

# %%
import numpy as np


class MaxPooling:
    """The largest value in each place of a window, for each sample and channel."""

    def __init__(self, pool_h, pool_w, stride):
        self.pool_h, self.pool_w, self.stride = pool_h, pool_w, stride

    def forward(self, x):
        """Return y, shape (N, C, out_h, out_w), for x of shape (N, C, H, W)."""
        ### BEGIN SOLUTION
        self.x = x
        N, C, H, W = x.shape
        out_h = (H - self.pool_h) // self.stride + 1
        out_w = (W - self.pool_w) // self.stride + 1
        y = np.empty((N, C, out_h, out_w))
        for i in range(out_h):
            for j in range(out_w):
                top, left = i * self.stride, j * self.stride
                y[:, :, i, j] = x[:, :, top : top + self.pool_h, left : left + self.pool_w].max(axis=(2, 3))
        return y
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, shape (N, C, H, W), for dout of shape (N, C, out_h, out_w)."""
        ### BEGIN SOLUTION
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            window = self.x[n, c, top : top + self.pool_h, left : left + self.pool_w]
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, top + row, left + column] += dout[n, c, i, j]
        return dx
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward"
# 1. Begin with one place: which rows and which columns of x does the window see at (0, 0), and which at (0, 1)?
# 2. At (i, j) the rows go from i * stride to i * stride + pool_h, and the slice `x[:, :, rows, columns]` holds this
#    window of all samples and channels at once.
# 3. `window.max(axis=(2, 3))` has the shape (N, C): it is `y[:, :, i, j]`. Loop over all i below out_h and j below
#    out_w.

# %% [markdown] tags=["hints"] part="dx"
# 1. Begin with an array of zeros in the shape of x. In each place of the window, one pixel gets dout[n, c, i, j].
# 2. `window.argmax()` counts through the window row by row. `np.unravel_index(number, window.shape)` makes a row and a
#    column of it, counted from the window's corner.
# 3. The corner is at (i * stride, j * stride) of the image; add row and column to it. With `np.ndindex(dout.shape)`
#    one loop runs over all n, c, i and j.

# %% [markdown] tags=["hints"] part="overlap"
# 1. With a stride of 1 and a window of 2 x 2, how many windows see a pixel in the middle?
# 2. A pixel that is the maximum of two windows acts on two outputs. What does the chain rule do with the two gradients?
# 3. They add up: is the gradient added to what the pixel has already, or put in its place?

# %% tags=["questions"]
from coursework.questions import Layer, Question


def draw_images(rng, high, wide):
    return rng.normal(-1.0, 1.0, (int(rng.integers(2, 4)), 2, high, wide))


def draw(rng):
    pool_h, pool_w = map(int, rng.permutation([2, 3]))
    stride, rest = 3, int(rng.integers(0, 3))
    x = draw_images(rng, pool_h + stride + rest, pool_w + stride + rest)
    return {"pool_h": pool_h, "pool_w": pool_w, "stride": stride}, (x,)


def draw_overlapping(rng):
    pool_h, pool_w = map(int, rng.permutation([3, 4]))
    stride = 2  # smaller than the window
    places = rng.permutation([3, 4])
    x = draw_images(rng, int(pool_h + (places[0] - 1) * stride), int(pool_w + (places[1] - 1) * stride))
    return {"window": [pool_h, pool_w, stride], "x": x, "dout": rng.normal(size=(*x.shape[:2], *places))}


QUESTIONS = [
    Layer("MaxPooling", {"forward": 4, "dx": 4}, draw),
    Question("MaxPooling", {"overlap": 2}, draw_overlapping, "ask_overlapping"),
]


# %% tags=["asked"]
def ask_overlapping(work, answers, window, x, dout):
    layer = work.MaxPooling(*window)
    layer.forward(x)
    answers["overlap"] = layer.backward(dout)


# %% tags=["wrong"] name="overwritten" part="overlap"
# Where windows overlap, the last gradient of a pixel takes the place of those before it. They must add up.
class MaxPooling(MaxPooling):
    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            window = self.x[n, c, top : top + self.pool_h, left : left + self.pool_w]
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, top + row, left + column] = dout[n, c, i, j]
        return dx


# %% tags=["wrong"] name="mask-missing" part="dx overlap"
# Every pixel of the window gets the gradient. The output is the value of one pixel alone, the maximum, and only this
# one has an influence on the loss.
class MaxPooling(MaxPooling):
    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            dx[n, c, top : top + self.pool_h, left : left + self.pool_w] += dout[n, c, i, j]
        return dx


# %% tags=["wrong"] name="shared-evenly" part="dx overlap"
# The gradient is shared evenly among the pixels of the window, as in average pooling. Here the maximum gets all of it.
class MaxPooling(MaxPooling):
    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            share = dout[n, c, i, j] / (self.pool_h * self.pool_w)
            dx[n, c, top : top + self.pool_h, left : left + self.pool_w] += share
        return dx


# %% tags=["wrong"] name="ignores-dout" part="dx overlap"
# The maximum gets a 1, whatever comes from behind. By the chain rule, it gets the gradient in dout.
class MaxPooling(MaxPooling):
    def backward(self, dout):
        return super().backward(np.ones(dout.shape))


# %% tags=["wrong"] name="wrong-corner" part="dx overlap"
# The maximum's row and column are counted from the window's corner, and used as if they were counted from that of the
# image. Add where the window stands.
class MaxPooling(MaxPooling):
    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            window = self.x[n, c, top : top + self.pool_h, left : left + self.pool_w]
            dx[(n, c, *np.unravel_index(window.argmax(), window.shape))] += dout[n, c, i, j]
        return dx


# %% tags=["wrong"] name="mean-for-max" part="forward"
# Forward returns the mean of each window. That is average pooling; take the maximum.
class MaxPooling(MaxPooling):
    def forward(self, x):
        y = super().forward(x)
        for i, j in np.ndindex(y.shape[2:]):
            top, left = i * self.stride, j * self.stride
            y[:, :, i, j] = x[:, :, top : top + self.pool_h, left : left + self.pool_w].mean(axis=(2, 3))
        return y


# %% tags=["wrong"] name="starts-at-zero" part="forward"
# The search for the maximum begins with 0, so that a window of negative pixels gives 0. Begin with a pixel of the
# window, or with minus infinity.
class MaxPooling(MaxPooling):
    def forward(self, x):
        return np.maximum(super().forward(x), 0.0)


# %% tags=["wrong"] name="channels-mixed" part="forward"
# The maximum is taken over all channels. Each channel has maxima of its own: take them over the rows and columns alone.
class MaxPooling(MaxPooling):
    def forward(self, x):
        y = super().forward(x)
        return np.broadcast_to(y.max(axis=1, keepdims=True), y.shape)


# %% tags=["wrong"] name="place-missing" part="forward"
# The last place of the window is left out in each direction. Between the first and the last place the window moves
# out - 1 times, so the number of places is one more than that of its moves.
class MaxPooling(MaxPooling):
    def forward(self, x):
        return super().forward(x)[:, :, :-1, :-1]


# %% tags=["wrong"] name="window-turned" part="forward dx overlap"
# Height and width of the window are exchanged. pool_h counts rows, which are axis 2 of x; pool_w counts columns, which
# are axis 3.
class MaxPooling(MaxPooling):
    def __init__(self, pool_h, pool_w, stride):
        super().__init__(pool_w, pool_h, stride)


# %% tags=["wrong"] name="stride-ignored" part="forward dx overlap"
# The window moves by its own size, whatever stride says. Its corner at the place (i, j) is (i * stride, j * stride).
class MaxPooling(MaxPooling):
    def forward(self, x):
        self.x = x
        N, C, H, W = x.shape
        y = np.empty((N, C, H // self.pool_h, W // self.pool_w))
        for i, j in np.ndindex(y.shape[2:]):
            top, left = i * self.pool_h, j * self.pool_w
            y[:, :, i, j] = x[:, :, top : top + self.pool_h, left : left + self.pool_w].max(axis=(2, 3))
        return y

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.pool_h, j * self.pool_w
            window = self.x[n, c, top : top + self.pool_h, left : left + self.pool_w]
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, top + row, left + column] += dout[n, c, i, j]
        return dx


# %% tags=["wrong"] name="moves-by-one" part="forward dx overlap"
# The window moves by one pixel, whatever stride says. Its corner at the place (i, j) is (i * stride, j * stride).
class MaxPooling(MaxPooling):
    def __init__(self, pool_h, pool_w, stride):
        super().__init__(pool_h, pool_w, 1)
