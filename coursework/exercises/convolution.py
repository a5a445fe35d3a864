# %% [markdown]
# # The convolutional layer
#
# A fully connected layer takes an image as a row of numbers, and does not know which pixels are neighbours. The
# convolutional layer does. It has small filters; each of them slides over the image and answers, in each place, with a
# weighted sum of the pixels that it sees. The same few weights are used everywhere, so that an edge is found wherever
# it is.
#
# Images have the shape (N, C, H, W): N samples with C channels of H rows and W columns. A filter sees all channels at
# once. It moves by `stride` pixels, and `pad` rows and columns of zeros are put around the image first, so that it
# reaches the edges.
#
# | array | shape | |
# |---|---|---|
# | `x` | (N, C, H, W) | the images |
# | `W` | (F, C, FH, FW) | F filters of FH rows and FW columns |
# | `b` | (F,) | a bias for each filter |
# | `y` | (N, F, out_h, out_w) | an answer of each filter in each place |
#
# $$out_h = \left\lfloor \frac{H + 2 pad - FH}{stride} \right\rfloor + 1 \qquad
# out_w = \left\lfloor \frac{W + 2 pad - FW}{stride} \right\rfloor + 1$$
#
# ## It is an affine layer in disguise
#
# What a filter sees in one place is a patch of C * FH * FW numbers, and its answer is the product of these numbers with
# its weights. So write all patches of all samples one below the other, as the rows of a matrix `col`:
#
# ```text
#    image          patches                                  col
#
#    a b c          a b   b c   d e   e f                    a b d e       w1
#    d e f    ->    d e   e f   g h   h i             ->     b c e f       w2
#    g h i                                                   d e g h   @   w3
#                                                            e f h i       w4
# ```
#
# The four places are one product of matrices. With the filters as the columns of a second matrix, $\bar W^T$ of shape
# (C FH FW, F), all filters are:
#
# $$\bar y = col \; \bar W^T + b$$
#
# $\bar y$ has a row for each place of each sample, in the order N, out_h, out_w, and a column for each filter. What is
# left is to bring it into the shape (N, F, out_h, out_w).
#
# Backward is that of the affine layer. With $\overline{dout}$, which is dout in the form of $\bar y$, a row for each
# place and a column for each filter:
#
# $$\frac{\partial L}{\partial \bar W} = \overline{dout}^T col \qquad
# \frac{\partial L}{\partial b} = \text{the rows of } \overline{dout} \text{, summed} \qquad
# \frac{\partial L}{\partial col} = \overline{dout} \; \bar W$$
#
# In the drawing, pixel e stands in all four patches, so its gradient is the sum of four numbers of dL/dcol. Adding up
# what belongs to the same pixel gives dL/dx.
#
# By hand: one image (1, 3, 6) of a single row, one filter (1, -1) and b = 0 give the patches (1, 3) and (3, 6), and
# y = (1 - 3, 3 - 6) = (-2, -3). If dout = (1, 10), then db = 11, dW = (1 * 1 + 10 * 3, 1 * 3 + 10 * 6) = (31, 63), and
# dcol has the rows (1, -1) and (10, -10). The 3 is in both patches: dx = (1, -1 + 10, -10) = (1, 9, -10).
#
# The two functions that turn images into patches and back are given: `im2col` makes `col` of images, and `col2im` adds
# up a matrix of this form to images. You need not use them: loops over the places of the filter are right as well.

# %% tags=["given"]
import numpy as np


def im2col(x, filter_h, filter_w, stride=1, pad=0):
    """Return the patches of images (N, C, H, W) as rows, shape (N out_h out_w, C filter_h filter_w)."""
    N, C, H, W = x.shape
    out_h = (H + 2 * pad - filter_h) // stride + 1
    out_w = (W + 2 * pad - filter_w) // stride + 1
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    col = np.zeros((N, out_h, out_w, C, filter_h, filter_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            col[:, i, j] = padded[:, :, top : top + filter_h, left : left + filter_w]
    return col.reshape(N * out_h * out_w, -1)


def col2im(col, x_shape, filter_h, filter_w, stride=1, pad=0):
    """Add rows as im2col makes them up to images of shape x_shape: each pixel is the sum of its places in the rows."""
    N, C, H, W = x_shape
    out_h = (H + 2 * pad - filter_h) // stride + 1
    out_w = (W + 2 * pad - filter_w) // stride + 1
    col = col.reshape(N, out_h, out_w, C, filter_h, filter_w)
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            padded[:, :, top : top + filter_h, left : left + filter_w] += col[:, i, j]
    return padded[:, :, pad : pad + H, pad : pad + W]


# %% [markdown]
# **Your task:** write `Convolution(W, b, stride=1, pad=0)`. `forward(x)` returns y, of shape (N, F, out_h, out_w);
# `backward(dout)` returns dx and keeps `dW`, in the shape of W, and `db`.

# %%


class Convolution:
    """Filters that slide over images and answer with a weighted sum in each place."""

    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        """Return y, shape (N, F, out_h, out_w), for x of shape (N, C, H, W)."""
        ### BEGIN SOLUTION
        F, _, FH, FW = self.W.shape
        N, _, H, W = x.shape
        out_h = (H + 2 * self.pad - FH) // self.stride + 1
        out_w = (W + 2 * self.pad - FW) // self.stride + 1
        self.x_shape = x.shape
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        y = self.col @ self.W.reshape(F, -1).T + self.b
        return y.reshape(N, out_h, out_w, F).transpose(0, 3, 1, 2)
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, shape (N, C, H, W); keep dW, shape (F, C, FH, FW), and db, shape (F,)."""
        ### BEGIN SOLUTION
        F, _, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, F)
        self.dW = (dout.T @ self.col).reshape(self.W.shape)
        self.db = dout.sum(axis=0)
        dcol = dout @ self.W.reshape(F, -1)
        return col2im(dcol, self.x_shape, FH, FW, self.stride, self.pad)
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward"
# 1. `col` has the shape (N out_h out_w, C FH FW). Which shape must the matrix of the filters have, so that their
#    product has a column for each filter?
# 2. `self.W.reshape(F, -1)` has a row for each filter, with its weights in the order of a row of `col`. The product
#    with its transpose, plus b, has the shape (N out_h out_w, F).
# 3. Its rows are in the order N, out_h, out_w, so reshape it to (N, out_h, out_w, F) first. Then move the last axis to
#    the second place with `transpose`.

# %% [markdown] tags=["hints"] part="dx"
# 1. Bring dout into the form of the product in forward: a row for each place, a column for each filter. Move its axes
#    first, then reshape.
# 2. With dout as a matrix (N out_h out_w, F) and the filters as a matrix (F, C FH FW), which product has the shape of
#    `col`?
# 3. This product is dL/dcol, and `col2im` adds it up to images in the shape of x. It needs the shape of x: keep it in
#    forward.

# %% [markdown] tags=["hints"] part="dW"
# 1. In the affine layer dW = x.T @ dout. Here the rows of x are the patches.
# 2. As a matrix with a row for each filter, dW has the shape (F, C FH FW): which of dout, as a matrix, and `col` must
#    be transposed?
# 3. It is the product of dout's transpose and `col`; last, it is reshaped to the shape of W.

# %% [markdown] tags=["hints"] part="db"
# 1. The bias of a filter is added in each place of each sample. Over what are the gradients summed?
# 2. Over all axes of dout but that of the filters.
# 3. With dout in the shape (N, F, out_h, out_w) the sum goes over the axes 0, 2 and 3.

# %% tags=["questions"]
from coursework.questions import Layer


def draw(rng):
    channels, filters = map(int, rng.permutation([2, 3]))
    filter_h, filter_w = map(int, rng.permutation([2, 3]))  # with a stride of 2, they overlap in one direction
    high, wide = map(int, rng.permutation([3, 4, 5])[:2])
    W = rng.normal(size=(filters, channels, filter_h, filter_w))
    x = rng.normal(size=(int(rng.integers(2, 4)), channels, high, wide))
    return {"W": W, "b": rng.normal(size=filters), "stride": 2, "pad": int(rng.integers(1, 3))}, (x,)


QUESTIONS = [Layer("Convolution", {"forward": 4, "dx": 4, "dW": 3, "db": 1}, draw)]


# %% tags=["wrong"] name="axes-not-moved" part="forward"
# The product has a column for each filter, and is reshaped as if the filters came before the places. Give it the order
# that it has, (N, out_h, out_w, F), and move the axis of the filters after that.
class Convolution(Convolution):
    def forward(self, x):
        y = super().forward(x)
        return y.transpose(0, 2, 3, 1).reshape(y.shape)


# %% tags=["wrong"] name="dout-axes-not-moved" part="dx dW db"
# dout is reshaped to a matrix while its filters still come before the places, so that its columns mix them. Move the
# axis of the filters to the end first.
class Convolution(Convolution):
    def backward(self, dout):
        N, F, out_h, out_w = dout.shape
        return super().backward(dout.reshape(N, out_h, out_w, F).transpose(0, 3, 1, 2))


# %% tags=["wrong"] name="bias-missing" part="forward"
# The bias is not added. Each filter has one, for all of its places.
class Convolution(Convolution):
    def forward(self, x):
        return super().forward(x) - self.b[:, np.newaxis, np.newaxis]


# %% tags=["wrong"] name="mirrored" part="forward"
# The filter is turned by 180 degrees before it is used, as convolution has it in mathematics. Here the filter is laid
# on the patch as it is.
class Convolution(Convolution):
    def forward(self, x):
        turned = Convolution(self.W[:, :, ::-1, ::-1], self.b, self.stride, self.pad)
        super().forward(x)
        return super(Convolution, turned).forward(x)


# %% tags=["wrong"] name="channels-missing" part="forward"
# Only the first channel is used. A filter sees all channels, and its answer is the sum over them.
class Convolution(Convolution):
    def forward(self, x):
        super().forward(x)
        W = self.W.copy()
        W[:, 1:] = 0
        return super(Convolution, Convolution(W, self.b, self.stride, self.pad)).forward(x)


# %% tags=["wrong"] name="transposed" part="dW"
# dW is computed as (C FH FW, F), with a column for each filter, and reshaped to the shape of W, where each filter is a
# row. Transpose it before it is reshaped.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.dW.reshape(len(self.W), -1).T.reshape(self.W.shape)
        return dx


# %% tags=["wrong"] name="not-summed" part="db"
# db is summed over the samples alone. The bias is added in each place, so that it is summed over the places, too.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum(axis=0)
        return dx


# %% tags=["wrong"] name="not-summed" part="db"
# db is summed over the places alone. The same bias is used for all samples, so that it is summed over them, too.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum(axis=(2, 3))
        return dx


# %% tags=["wrong"] name="reversed" part="dx"
# The weights are turned by 180 degrees in backward, and are used as they are in forward. A pixel gets its gradient
# through the very weight that was laid on it.
class Convolution(Convolution):
    def backward(self, dout):
        super().backward(dout)
        turned = super(Convolution, Convolution(self.W[:, :, ::-1, ::-1], self.b, self.stride, self.pad))
        turned.forward(np.zeros(self.x_shape))
        return turned.backward(dout)


# %% tags=["wrong"] name="samples-not-summed" part="dW db"
# Only the first sample has a share in the gradients of the parameters. W and b are used for all samples, and their
# gradients add up.
class Convolution(Convolution):
    def backward(self, dout):
        first = np.where(np.arange(len(dout)) == 0, 1.0, 0.0).reshape(-1, 1, 1, 1)
        super().backward(dout * first)
        dW, db = self.dW, self.db
        dx = super().backward(dout)
        self.dW, self.db = dW, db
        return dx


# %% tags=["wrong"] name="extra-batch-average" part="dW db"
# The gradients are divided by N here, and the loss divides by N already. Sum them over the samples.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


# %% tags=["wrong"] name="place-average" part="db"
# db is the mean over all places of all samples. The bias acts on each of them, so their gradients add up.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.mean(axis=(0, 2, 3))
        return dx


# %% tags=["wrong"] name="overwritten" part="dx"
# Where patches overlap, the last gradient of a pixel takes the place of those before it. They must add up.
class Convolution(Convolution):
    def backward(self, dout):
        super().backward(dout)
        FH, FW = self.W.shape[2:]
        N, C, H, W = self.x_shape
        dx = np.zeros((N, C, H + 2 * self.pad, W + 2 * self.pad))
        for n, i, j in np.ndindex(N, *dout.shape[2:]):
            top, left = i * self.stride, j * self.stride
            dx[n, :, top : top + FH, left : left + FW] = np.tensordot(dout[n, :, i, j], self.W, 1)
        return dx[:, :, self.pad : self.pad + H, self.pad : self.pad + W]


# %% tags=["wrong"] name="padding-kept" part="dx"
# dx still has the rows and columns of the padding. It must have the shape of x: cut them off.
class Convolution(Convolution):
    def backward(self, dout):
        dx = super().backward(dout)
        return np.pad(dx, [(0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad)])


# %% tags=["wrong"] name="padding-missing" part="forward dx dW db"
# The image is used without its padding, whatever pad says. Put pad rows and columns of zeros on each side of it.
class Convolution(Convolution):
    def __init__(self, W, b, stride=1, pad=0):
        super().__init__(W, b, stride, 0)


# %% tags=["wrong"] name="stride-ignored" part="forward"
# The filter moves by one pixel, whatever stride says. At the place (i, j) its corner is (i * stride, j * stride).
class Convolution(Convolution):
    def forward(self, x):
        y = super().forward(x)
        slow = super(Convolution, Convolution(self.W, self.b, 1, self.pad)).forward(x)
        return slow[:, :, : y.shape[2], : y.shape[3]]
