# %% [markdown]
# # Batch normalization
#
# A network trains best when the numbers in it are neither huge nor tiny. Good starting weights see to that at the
# beginning only; batch normalization sees to it in every step. It gives each feature, a column of x, the mean 0 and the
# variance 1 over the mini-batch. Then it multiplies by gamma and adds beta, two parameters that are learned, so that
# the network can undo it where it does harm.
#
# $$\hat{x} = \frac{x - mean}{std} \qquad std = \sqrt{var + eps} \qquad y = gamma \cdot \hat{x} + beta$$
#
# | array | shape | |
# |---|---|---|
# | `x`, xhat, `y`, `dout` | (N, D) | N samples with D features |
# | mean, var, std | (D,) | of each column of x: var is the mean of $(x - mean)^2$ |
# | `gamma`, `beta` | (D,) | one of each for every feature |
#
# eps is small. It keeps us from dividing by 0 where a feature is the same in all samples.
#
# ```text
#            ┌──► mean ──┐
#  x ────────┼───────────┼──► xhat ──► · gamma ──► + beta ──► y
#            └──► std ───┘
# ```
#
# **Backward.** beta was added to every row, and gamma multiplied every row, so that their gradients are sums over the
# rows:
#
# $$dbeta = \sum_i dout_i \qquad dgamma = \sum_i dout_i \, \hat{x}_i$$
#
# An $x_j$ reaches y in three ways: directly, through the mean, and through std. By the last two it also changes the
# xhat of all other samples. When $x_j$ grows a little, the mean grows 1/N times as much, and std grows
# $\hat{x}_j / N$ times as much, so that
#
# $$\frac{\partial \hat{x}_i}{\partial x_j} = \frac{1}{std} \left( [i = j] - \frac{1}{N} -
# \frac{\hat{x}_i \, \hat{x}_j}{N} \right)$$
#
# where [i = j] is 1 for the sample itself and 0 for all others. Multiply by $gamma \cdot dout_i$ and add over i:
#
# $$dx_j = \frac{gamma}{std} \left( dout_j - \frac{dbeta}{N} - \hat{x}_j \, \frac{dgamma}{N} \right)$$
#
# One feature by hand, with eps = 0: x = (1, 1, 5, 5) has mean 3, variance 4 and std 2, so xhat = (-1, -1, 1, 1). With
# gamma = 10 and beta = 5, y = (-5, -5, 15, 15). For dout = (4, 0, 0, 0), dbeta = 4 and dgamma = -4, and
# dx = 10/2 * ((4, 0, 0, 0) - 1 + xhat) = 5 * (2, -2, 0, 0) = (10, -10, 0, 0). The sum is 0: to shift all x by the same
# amount changes nothing.
#
# **In prediction** a sample must not depend on those beside it. `forward(x, training=False)` takes a mean and a
# variance that were collected in training. After each batch in training,
#
# $$running \leftarrow momentum \cdot running + (1 - momentum) \cdot batch$$
#
# where batch is the mean of the batch, or its variance times N / (N - 1): the variance of a few samples is on average
# smaller than that of all the data by this factor. In the example, with momentum = 0.9, a running mean of 0 and a
# running variance of 1 become 0.1 * 3 = 0.3 and 0.9 + 0.1 * 4 * 4/3 = 1.433.
#
# **Your task:** write `forward` and `backward`. Backward is called only after a forward in training.

# %%
import numpy as np


class BatchNormalization:
    """Give each feature mean 0 and variance 1 over the batch, then multiply by gamma and add beta."""

    def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean = np.zeros_like(gamma) if running_mean is None else running_mean
        self.running_var = np.ones_like(gamma) if running_var is None else running_var

    def forward(self, x, training=True):
        """Return y, shape (N, D); in training, renew running_mean and running_var, shape (D,)."""
        ### BEGIN SOLUTION
        mean, var = self.running_mean, self.running_var
        if training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            unbiased = var * len(x) / (len(x) - 1)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * unbiased
        self.std = np.sqrt(var + self.eps)
        self.xhat = (x - mean) / self.std
        return self.gamma * self.xhat + self.beta
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, shape (N, D); keep dgamma and dbeta, shape (D,)."""
        ### BEGIN SOLUTION
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.xhat).sum(axis=0)
        N = len(dout)
        return self.gamma / self.std * (dout - self.dbeta / N - self.xhat * self.dgamma / N)
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward constant_feature"
# 1. mean and var have one number for each column. Over which axis of x do they go?
# 2. `x.mean(axis=0)` and `x.var(axis=0)` have the shape (D,), and NumPy uses them for every row of x by itself.
# 3. eps is added to the variance, under the root. Backward will need xhat and std: keep them.

# %% [markdown] tags=["hints"] part="dgamma dbeta"
# 1. gamma was used in each of N rows. How does L change by way of each of them?
# 2. y = gamma * xhat + beta: the slope of y is xhat for gamma, and 1 for beta.
# 3. Sum `dout * xhat`, and `dout`, over the first axis.

# %% [markdown] tags=["hints"] part="dx"
# 1. The formula has three terms: one for each way from x to y. Which arrays of forward are in it?
# 2. Compute dbeta and dgamma first: both are in the formula, divided by N.
# 3. `gamma / std` has the shape (D,) and multiplies the whole bracket. Only the last term in it has xhat.

# %% [markdown] tags=["hints"] part="running_mean running_var test_mode"
# 1. Which two lines of forward differ between training and prediction?
# 2. In prediction, mean and var are `self.running_mean` and `self.running_var`, and these two stay as they are.
# 3. In training, the new running value is momentum times the old one, and (1 - momentum) times that of the batch; the
#    variance of the batch is multiplied by N / (N - 1) for this, and for this alone.

# %% tags=["questions"]
from coursework.questions import Layer, Question


def draw(rng):
    """Draw columns with large variances, so that it does not matter how eps is added."""
    n, d = rng.permutation([3, 4, 5, 6])[:2]
    x = rng.normal(size=(n, d))
    x = rng.normal(size=d) + rng.uniform(30, 90, d) * (x - x.mean(axis=0)) / x.std(axis=0)
    parameters = {
        "gamma": rng.uniform(0.5, 2, d),
        "beta": rng.normal(size=d),
        "momentum": float(rng.uniform(0.6, 0.95)),
        "running_mean": rng.normal(size=d),
        "running_var": rng.uniform(1000, 5000, d),
    }
    return parameters, (x,)


def draw_running(rng):
    parameters, (x,) = draw(rng)
    n, d = x.shape
    return {
        "parameters": list(parameters.values()),
        "batches": [x, 40 * rng.normal(size=(n + 1, d)), 40 * rng.normal(size=(n - 1, d))],
        "x": rng.normal(size=(int(rng.choice([1, 5])), d)),
    }


def draw_constant(rng):
    parameters, (x,) = draw(rng)
    x[:, 1] = 2.0
    return {"parameters": list(parameters.values()), "x": x}


POINTS = {"forward": 2, "dx": 3, "dgamma": 1, "dbeta": 1}
QUESTIONS = [
    Layer("BatchNormalization", POINTS, draw, tolerance=1e-3),
    Question("BatchNormalization", {"running_mean": 1, "running_var": 1}, draw_running, "ask_running"),
    Question("BatchNormalization", {"test_mode": 2}, draw_running, "ask_test_mode", tolerance=1e-3),
    Question("BatchNormalization", {"constant_feature": 1}, draw_constant, "ask_constant_feature", tolerance=1e-3),
]

# %% tags=["asked"]


def ask_running(work, answers, parameters, batches, x):
    layer = work.BatchNormalization(*parameters)
    for batch in batches:
        layer.forward(batch)
    try:
        layer.forward(x, training=False)
    finally:
        answers["running_mean"], answers["running_var"] = layer.running_mean, layer.running_var


def ask_test_mode(work, answers, parameters, batches, x):
    answers["test_mode"] = work.BatchNormalization(*parameters).forward(x, training=False)


def ask_constant_feature(work, answers, parameters, x):
    y = work.BatchNormalization(*parameters).forward(x)
    if (y[:, 0] == y[0, 0]).all():
        raise ValueError("forward does nothing")
    answers["constant_feature"] = y[:, 1]


# %% tags=["wrong"] name="wrong-axis" part="forward dx dgamma constant_feature"
# Mean and variance are those of each row, a sample. They should be those of each column, a feature over the batch.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        y = super().forward(x, training)
        if training:
            self.std = np.sqrt(x.var(axis=1, keepdims=True) + self.eps)
            self.xhat = (x - x.mean(axis=1, keepdims=True)) / self.std
            y = self.gamma * self.xhat + self.beta
        return y


# %% tags=["wrong"] name="over-everything" part="forward dx dgamma constant_feature"
# There is one mean and one variance for the whole batch. Each feature, a column, needs its own.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        y = super().forward(x, training)
        if training:
            self.std = np.sqrt(x.var() + self.eps)
            self.xhat = (x - x.mean()) / self.std
            y = self.gamma * self.xhat + self.beta
        return y


# %% tags=["wrong"] name="variance-for-std" part="forward dx dgamma"
# The distance from the mean is divided by the variance. It should be divided by its root, the standard deviation.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        y = super().forward(x, training)
        if training:
            self.xhat, self.std = self.xhat / self.std, self.std**2
            y = self.gamma * self.xhat + self.beta
        return y


# %% tags=["wrong"] name="unbiased-in-forward" part="forward dx dgamma"
# The batch is normalized with the variance times N / (N - 1). That factor belongs to the running variance alone.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        y = super().forward(x, training)
        if training:
            self.std = np.sqrt(x.var(axis=0, ddof=1) + self.eps)
            self.xhat = (x - x.mean(axis=0)) / self.std
            y = self.gamma * self.xhat + self.beta
        return y


# %% tags=["wrong"] name="running-in-training" part="forward dx dgamma constant_feature"
# In training, too, the running mean and variance are used. There it should be those of the batch.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        before = self.running_mean, self.running_var
        super().forward(x, training)
        after, (self.running_mean, self.running_var) = (self.running_mean, self.running_var), before
        y = super().forward(x, training=False)
        self.running_mean, self.running_var = after
        return y


# %% tags=["wrong"] name="eps-missing" part="constant_feature"
# Nothing keeps us from 0 / 0 where a feature is the same in all samples.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        self.eps = 0.0
        with np.errstate(all="ignore"):
            return super().forward(x, training)


# %% tags=["wrong"] name="batch-is-constant" part="dx"
# dx is that of y = gamma / std * x: mean and std are taken for constants. They are computed from x.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        super().backward(dout)
        return self.gamma / self.std * dout


# %% tags=["wrong"] name="mean-is-constant" part="dx"
# The way through the mean is left out of dx: the term with dbeta.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        super().backward(dout)
        return self.gamma / self.std * (dout - self.xhat * self.dgamma / len(dout))


# %% tags=["wrong"] name="std-is-constant" part="dx"
# The way through std is left out of dx: the term with dgamma.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        super().backward(dout)
        return self.gamma / self.std * (dout - self.dbeta / len(dout))


# %% tags=["wrong"] name="gamma-missing" part="dx"
# dx lacks the factor gamma, by which forward multiplied xhat.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        return super().backward(dout) / self.gamma


# %% tags=["wrong"] name="std-missing" part="dx"
# dx is not divided by std, by which forward divided x.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        return super().backward(dout) * self.std


# %% tags=["wrong"] name="terms-not-averaged" part="dx"
# dbeta and dgamma stand in dx as sums. There they are divided by N.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        super().backward(dout)
        return self.gamma / self.std * (dout - self.dbeta - self.xhat * self.dgamma)


# %% tags=["wrong"] name="extra-batch-average" part="dgamma dbeta"
# dgamma and dbeta are averages over the rows. They should be sums: each row has its share in them.
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dgamma, self.dbeta = self.dgamma / len(dout), self.dbeta / len(dout)
        return dx


# %% tags=["wrong"] name="not-summed" part="dgamma dbeta"
# dgamma and dbeta have a row for each sample. Add the rows up: gamma and beta have the shape (D,).
class BatchNormalization(BatchNormalization):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dgamma, self.dbeta = dout * self.xhat, dout
        return dx


# %% tags=["wrong"] name="not-normalized" part="dgamma"
# dgamma is made with x. gamma multiplied xhat, the normalized x.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        self.x = x
        return super().forward(x, training)

    def backward(self, dout):
        dx = super().backward(dout)
        self.dgamma = (dout * self.x).sum(axis=0)
        return dx


# %% tags=["wrong"] name="momentum-of-the-batch" part="running_mean running_var"
# momentum and 1 - momentum are exchanged: momentum is the share of the old running value.
class BatchNormalization(BatchNormalization):
    def __init__(self, gamma, beta, momentum=0.9, *others):
        super().__init__(gamma, beta, 1 - momentum, *others)


# %% tags=["wrong"] name="running-biased" part="running_var"
# The running variance lacks the factor N / (N - 1).
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        before = self.running_var
        y = super().forward(x, training)
        if training:
            self.running_var = self.momentum * before + (1 - self.momentum) * x.var(axis=0)
        return y


# %% tags=["wrong"] name="running-std" part="running_var"
# The running variance collects standard deviations. It should collect variances.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        before = self.running_var
        y = super().forward(x, training)
        if training:
            self.running_var = self.momentum * before + (1 - self.momentum) * x.std(axis=0, ddof=1)
        return y


# %% tags=["wrong"] name="never-renewed" part="running_mean running_var"
# Training leaves the running mean and variance as they are.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        before = self.running_mean, self.running_var
        y = super().forward(x, training)
        self.running_mean, self.running_var = before
        return y


# %% tags=["wrong"] name="batch-in-prediction" part="test_mode"
# In prediction, mean and variance are those of the batch. A sample then depends on those beside it.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        if training:
            return super().forward(x)
        return self.gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + self.eps) + self.beta


# %% tags=["wrong"] name="renewed-in-prediction" part="running_mean running_var"
# Prediction changes the running mean and variance: only training may.
class BatchNormalization(BatchNormalization):
    def forward(self, x, training=True):
        y = super().forward(x, training)
        if not training:
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * x.mean(axis=0)
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * x.var(axis=0)
        return y
