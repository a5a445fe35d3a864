# %% [markdown]
# # Momentum and Adam
#
# SGD looks at the gradient of one mini-batch and forgets it. In a long narrow valley of the loss this goes slowly: the
# steps swing from one wall to the other, and advance little along the floor. Both of these optimizers remember earlier
# gradients.
#
# **Momentum** takes the gradients as forces that push a ball. Its velocity v keeps a share of itself in every step, the
# rest is lost to friction:
#
# $$v \leftarrow momentum \cdot v + g \qquad W \leftarrow W - lr \cdot v$$
#
# ```
#  v --( * m )--\
#                ( + )-- v --( * lr )--\
#  g ----------/                        ( - )-- W
#  W ----------------------------------/
# ```
#
# g is the gradient dL/dW. Forces that change sign cancel, steady ones add up. By hand, with lr = 1, momentum = 0.5,
# W = 0 and a steady gradient of 1:
#
# | step | v | W |
# |---|---|---|
# | 1 | 0.5 * 0 + 1 = 1 | 0 - 1 = -1 |
# | 2 | 0.5 * 1 + 1 = 1.5 | -1 - 1.5 = -2.5 |
# | 3 | 0.5 * 1.5 + 1 = 1.75 | -2.5 - 1.75 = -4.25 |
#
# **Adam** also gives every single number in W a step size of its own. It keeps a running mean m of the gradient, and a
# running mean v of its square:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1) \, g \qquad v \leftarrow \beta_2 v + (1 - \beta_2) \, g^2$$
#
# Both start at zero, so that they are too small at first. After t steps they are divided by what they lack, and the
# step is made with these:
#
# $$m' = \frac{m}{1 - \beta_1^t} \qquad v' = \frac{v}{1 - \beta_2^t} \qquad
# W \leftarrow W - lr \, \frac{m'}{\sqrt{v'} + \epsilon}$$
#
# By hand, the first step with beta1 = 0.9, beta2 = 0.999 and g = 10: m = 0.1 * 10 = 1 and v = 0.001 * 100 = 0.1. With
# t = 1, m' = 1 / 0.1 = 10 and v' = 0.1 / 0.001 = 100, and the step is lr * 10 / 10 = lr. A gradient of 0.01 would have
# made a step of the same length. Where g is 0, epsilon keeps us from 0 / 0.
#
# | array | shape | |
# |---|---|---|
# | `params[name]`, `grads[name]` | the parameter's | as in SGD: two dictionaries with the same names |
# | v of Momentum; m and v of Adam | the parameter's | one for each parameter, zeros at first |
# | t | a number | of updates so far, 1 in the first; the same for all parameters |
#
# **Your task:** write `Momentum` and `Adam`. `update` changes the arrays in `params` in place, and leaves `grads` as
# they are. How you keep v, m and t is up to you: `params` is not known before the first update.

# %%
import numpy as np


class Momentum:
    """SGD with momentum: v <- momentum v + g, W <- W - lr v."""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.v = None

    def update(self, params, grads):
        """Make one step: change each array in params in place."""
        ### BEGIN SOLUTION
        if self.v is None:
            self.v = {name: np.zeros_like(param) for name, param in params.items()}
        for name in params:
            self.v[name] = self.momentum * self.v[name] + grads[name]
            params[name] -= self.lr * self.v[name]
        ### END SOLUTION


class Adam:
    """Adam: momentum, and a step size for every single number."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t = 0
        self.m, self.v = None, None

    def update(self, params, grads):
        """Make one step: change each array in params in place."""
        ### BEGIN SOLUTION
        if self.m is None:
            self.m = {name: np.zeros_like(param) for name, param in params.items()}
            self.v = {name: np.zeros_like(param) for name, param in params.items()}
        self.t += 1
        for name in params:
            g = grads[name]
            self.m[name] = self.beta1 * self.m[name] + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v[name] + (1 - self.beta2) * g**2
            m = self.m[name] / (1 - self.beta1**self.t)
            v = self.v[name] / (1 - self.beta2**self.t)
            params[name] -= self.lr * m / (np.sqrt(v) + self.eps)
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="first_step steps each_parameter in_place"
# 1. Where does a velocity live between two updates? A variable inside `update` is gone when it returns.
# 2. In the first update, make a dictionary of zeros, one array for each parameter: `np.zeros_like(param)`.
# 3. For each name: first the new v of this name, then `params[name] -= ...` with the new v.

# %% [markdown] tags=["hints"] part="adam_first_step adam_steps adam_each_parameter zero_gradient adam_in_place"
# 1. Compute the first step of the worked example with your code. Is it lr?
# 2. `self.t` grows by 1 in each update, before the loop over the parameters. What is kept in m and v is not divided:
#    m' and v' are used for this step only.
# 3. For each name: new m, new v (with `g**2`), then m' and v' with `self.beta1**self.t` and `self.beta2**self.t`, then
#    the step. eps is added to the square root.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Question
from language import _


def draw_arrays(rng, shapes, low, high):
    """Return numbers that are not near 0, so that it does not matter how large eps is."""
    return {name: rng.uniform(low, high, shape) * rng.choice([-1, 1], shape) for name, shape in shapes.items()}


def draw_steps(rng, shapes):
    grads = [draw_arrays(rng, shapes, 0.5, 2) for _ in range(rng.integers(4, 8))]
    return {"params": draw_arrays(rng, shapes, 3, 5), "grads": grads}


def draw_momentum(rng):
    options = [float(rng.uniform(0.01, 0.1)), float(rng.uniform(0.5, 0.95))]
    return {"name": "Momentum", "options": options, **draw_steps(rng, {"W1": (3, 4)})}


def draw_adam(rng):
    options = [float(rng.uniform(low, high)) for low, high in ((0.01, 0.1), (0.5, 0.95), (0.9, 0.999))]
    return {"name": "Adam", "options": options, **draw_steps(rng, {"W1": (3, 4)})}


def draw_several_momentum(rng):
    return draw_momentum(rng) | draw_steps(rng, {"W1": (3, 4), "b1": (4,), "W2": (4, 2)})


def draw_several_adam(rng):
    return draw_adam(rng) | draw_steps(rng, {"W1": (3, 4), "b1": (4,), "W2": (4, 2)})


def draw_zero_gradient(rng):
    case = draw_adam(rng)
    for grads in case["grads"]:
        grads["W1"][0] = 0.0
    return case


def judge_in_place(part, answer, expected, arguments):
    if np.array_equal(answer["in the dictionary"], arguments["params"]["W1"]):
        return _("the parameter has not changed")
    if np.array_equal(answer["in the dictionary"], answer["with other gradients"]):
        return _("the parameters move in the same way whatever the gradients are")
    same = np.array_equal(answer["in the dictionary"], answer["in the layer"], equal_nan=True)
    return "" if same else _("in params there is a new array, and that which the layer holds is as it was")


def judge_each_parameter(part, answer, expected, arguments):
    if any(np.array_equal(answer["together"][name], value) for name, value in arguments["params"].items()):
        return _("not all parameters have changed")
    if all(np.array_equal(answer["together"][name], value) for name, value in answer["with other gradients"].items()):
        return _("the parameters move in the same way whatever the gradients are")
    pairs = [(answer["together"][name], answer["alone"][name]) for name in arguments["params"]]
    if all(here.shape == alone.shape and np.allclose(here, alone, equal_nan=True) for here, alone in pairs):
        return ""
    return _("a parameter moves otherwise beside others than alone")


def judge_zero_gradient(part, answer, expected, arguments):
    start = arguments["params"]["W1"]
    if np.array_equal(answer[1:], start[1:]):
        return _("no parameter moves")
    if not np.isfinite(answer[0]).all():
        if np.isfinite(answer[1:]).all():
            return _("the parameters whose gradient is 0 become NaN or inf")
        return _("the parameters whose gradient is 0 become NaN or inf, and so do others")
    return "" if np.array_equal(answer[0], start[0]) else _("parameters move although their gradient is 0")


QUESTIONS = [
    Question("Momentum", {"first_step": 1, "steps": 2}, draw_momentum, "ask_steps"),
    Question("Momentum", {"in_place": 1}, draw_momentum, "ask_in_place", judge_in_place),
    Question("Momentum", {"each_parameter": 1}, draw_several_momentum, "ask_each_parameter", judge_each_parameter),
    Question("Adam", {"adam_first_step": 1, "adam_steps": 3}, draw_adam, "ask_steps", tolerance=1e-5),
    Question("Adam", {"adam_in_place": 1}, draw_adam, "ask_in_place", judge_in_place),
    Question("Adam", {"adam_each_parameter": 1}, draw_several_adam, "ask_each_parameter", judge_each_parameter),
    Question("Adam", {"zero_gradient": 1}, draw_zero_gradient, "ask_zero_gradient", judge_zero_gradient),
]

# %% tags=["asked"]
PREFIX = {"Momentum": "", "Adam": "adam_"}


def copied(arrays):
    return {name: value.copy() for name, value in arrays.items()}


def scaled(arrays, factor):
    return {name: factor * value for name, value in arrays.items()}


def ask_steps(work, answers, name, options, params, grads):
    optimizer = getattr(work, name)(*options)
    optimizer.update(params, copied(grads[0]))
    answers[f"{PREFIX[name]}first_step"] = copied(params)
    for one in grads[1:]:
        optimizer.update(params, copied(one))
    answers[f"{PREFIX[name]}steps"] = copied(params)


def ask_in_place(work, answers, name, options, params, grads):
    others = after_steps(work, name, options, params, [scaled(one, -2) for one in grads])
    optimizer, held = getattr(work, name)(*options), params["W1"]
    for one in grads:
        optimizer.update(params, copied(one))
    answers[f"{PREFIX[name]}in_place"] = {
        "in the layer": held,
        "in the dictionary": params["W1"],
        "with other gradients": others["W1"],
    }


def ask_each_parameter(work, answers, name, options, params, grads):
    together = after_steps(work, name, options, params, grads)
    alone = {}
    for one in params:
        alone |= after_steps(work, name, options, {one: params[one]}, [{one: g[one]} for g in grads])
    answers[f"{PREFIX[name]}each_parameter"] = {
        "together": together,
        "alone": alone,
        "with other gradients": after_steps(work, name, options, params, [scaled(one, -2) for one in grads]),
    }


def ask_zero_gradient(work, answers, name, options, params, grads):
    answers["zero_gradient"] = after_steps(work, name, options, params, grads)["W1"]


def after_steps(work, name, options, params, grads):
    optimizer, changed = getattr(work, name)(*options), copied(params)
    for one in grads:
        optimizer.update(changed, copied(one))
    return changed


# %% tags=["wrong"] name="velocity-not-kept" part="steps"
# Every update starts with a velocity of zero: it must be kept from one update to the next.
class Momentum(Momentum):
    def update(self, params, grads):
        self.v = None
        super().update(params, grads)


# %% tags=["wrong"] name="momentum-missing" part="steps"
# The old velocity is added whole: only the share momentum of it is left after a step.
class Momentum(Momentum):
    def update(self, params, grads):
        self.momentum = 1.0
        super().update(params, grads)


# %% tags=["wrong"] name="sign-flipped" part="first_step steps"
# The step goes along the gradient, where the loss rises. It must go against it.
class Momentum(Momentum):
    def update(self, params, grads):
        super().update(params, {name: -g for name, g in grads.items()})


# %% tags=["wrong"] name="running-mean" part="first_step steps"
# The gradient is multiplied by 1 - momentum. Here it joins the velocity whole; the running means are those of Adam.
class Momentum(Momentum):
    def update(self, params, grads):
        super().update(params, {name: (1 - self.momentum) * g for name, g in grads.items()})


# %% tags=["wrong"] name="lr-missing" part="first_step steps"
# The step is the whole velocity: it is not multiplied by the learning rate.
class Momentum(Momentum):
    def update(self, params, grads):
        self.lr = 1.0
        super().update(params, grads)


# %% tags=["wrong"] name="old-velocity" part="first_step steps"
# The step is made with the velocity of the update before. First the velocity changes, then the parameter.
class Momentum(Momentum):
    def update(self, params, grads):
        if self.v is None:
            self.v = {name: np.zeros_like(param) for name, param in params.items()}
        for name in params:
            params[name] -= self.lr * self.v[name]
            self.v[name] = self.momentum * self.v[name] + grads[name]


# %% tags=["wrong"] name="starts-with-the-gradient" part="first_step steps"
# The velocity starts as the first gradient, which is then added once more. It starts at zero.
class Momentum(Momentum):
    def update(self, params, grads):
        if self.v is None:
            self.v = {name: g.copy() for name, g in grads.items()}
        super().update(params, grads)


# %% tags=["wrong"] name="shared-velocity" part="each_parameter"
# All parameters share one velocity. Each needs its own, of its own shape.
class Momentum(Momentum):
    def update(self, params, grads):
        self.v = 0.0 if self.v is None else self.v
        for name in params:
            self.v = self.momentum * self.v + grads[name]
            params[name] -= self.lr * self.v


# %% tags=["wrong"] name="not-in-place" part="in_place"
# The dictionary gets new arrays, and the layers keep the old ones. Change the arrays themselves.
class Momentum(Momentum):
    def update(self, params, grads):
        new = {name: param.copy() for name, param in params.items()}
        super().update(new, grads)
        params.update(new)


# %% tags=["wrong"] name="correction-missing" part="adam_first_step adam_steps"
# m and v are not divided by 1 - beta1^t and 1 - beta2^t, so that they are too small in the first steps.
class Adam(Adam):
    def update(self, params, grads):
        self.t = 10**9
        super().update(params, grads)


# %% tags=["wrong"] name="correction-without-t" part="adam_steps"
# The corrections divide by 1 - beta in every step. beta must be raised to the power of t, the number of the update.
class Adam(Adam):
    def update(self, params, grads):
        self.t = 0
        super().update(params, grads)


# %% tags=["wrong"] name="correction-kept" part="adam_steps"
# The divided m and v are kept for the next step. The corrections are for this step only.
class Adam(Adam):
    def update(self, params, grads):
        super().update(params, grads)
        for name in params:
            self.m[name] = self.m[name] / (1 - self.beta1**self.t)
            self.v[name] = self.v[name] / (1 - self.beta2**self.t)


# %% tags=["wrong"] name="means-start-with-the-gradient" part="adam_first_step adam_steps"
# m and v start as the first gradient and its square. They start at zero, which is what the corrections are for.
class Adam(Adam):
    def update(self, params, grads):
        if self.m is None:
            self.m = {name: g.copy() for name, g in grads.items()}
            self.v = {name: g**2 for name, g in grads.items()}
        super().update(params, grads)


# %% tags=["wrong"] name="t-counts-from-zero" part="adam_first_step adam_steps zero_gradient"
# t is 0 in the first update, which divides by 1 - 1. Let it grow before it is used.
class Adam(Adam):
    def update(self, params, grads):
        self.t -= self.t == 0
        with np.errstate(all="ignore"):
            super().update(params, grads)


# %% tags=["wrong"] name="t-counts-parameters" part="adam_each_parameter"
# t grows with every parameter instead of with every update.
class Adam(Adam):
    def update(self, params, grads):
        m, v = self.m or {}, self.v or {}
        for name in params:
            self.m, self.v = ({name: one.get(name, np.zeros_like(params[name]))} for one in (m, v))
            super().update({name: params[name]}, grads)
            m, v = m | self.m, v | self.v
        self.m, self.v = m, v


# %% tags=["wrong"] name="square-missing" part="adam_first_step adam_steps"
# v is a running mean of the gradient, as m is. It should be one of the gradient's square.
class Adam(Adam):
    def update(self, params, grads):
        self.m = self.m or {name: np.zeros_like(param) for name, param in params.items()}
        self.v = self.v or {name: np.zeros_like(param) for name, param in params.items()}
        self.t += 1
        for name, g in grads.items():
            self.m[name] = self.beta1 * self.m[name] + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v[name] + (1 - self.beta2) * g
            m, v = self.m[name] / (1 - self.beta1**self.t), self.v[name] / (1 - self.beta2**self.t)
            with np.errstate(all="ignore"):
                params[name] -= self.lr * m / (np.sqrt(v) + self.eps)


# %% tags=["wrong"] name="root-missing" part="adam_first_step adam_steps"
# The step divides by v' itself. It should divide by its square root, which is as large as the gradient.
class Adam(Adam):
    def update(self, params, grads):
        self.m = self.m or {name: np.zeros_like(param) for name, param in params.items()}
        self.v = self.v or {name: np.zeros_like(param) for name, param in params.items()}
        self.t += 1
        for name, g in grads.items():
            self.m[name] = self.beta1 * self.m[name] + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v[name] + (1 - self.beta2) * g**2
            m, v = self.m[name] / (1 - self.beta1**self.t), self.v[name] / (1 - self.beta2**self.t)
            params[name] -= self.lr * m / (v + self.eps)


# %% tags=["wrong"] name="swapped" part="adam_steps"
# beta1 and beta2 are exchanged: beta1 belongs to m, beta2 to v.
class Adam(Adam):
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        super().__init__(lr, beta2, beta1)


# %% tags=["wrong"] name="eps-missing" part="zero_gradient"
# Nothing keeps the step from 0 / 0 where all gradients were 0.
class Adam(Adam):
    def update(self, params, grads):
        self.eps = 0.0
        with np.errstate(all="ignore"):
            super().update(params, grads)


# %% tags=["wrong"] name="adam-not-in-place" part="adam_in_place"
# The dictionary gets new arrays, and the layers keep the old ones. Change the arrays themselves.
class Adam(Adam):
    def update(self, params, grads):
        new = {name: param.copy() for name, param in params.items()}
        super().update(new, grads)
        params.update(new)
