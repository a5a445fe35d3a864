# %% [markdown]
# # Automatic differentiation of numbers
#
# So far every layer had a backward written by hand. With a library such as PyTorch nobody writes one: its numbers
# remember how they were computed, and the chain rule goes back along this memory. It takes surprisingly little code.
#
# A `Value` holds a number, `data`, and later the gradient of the result with respect to it, `grad`. Adding or
# multiplying two values makes a new one, which remembers its inputs. With each input it keeps the **local derivative**:
# how fast the new value changes when this input does.
#
# | operation | result | local derivatives |
# |---|---|---|
# | `a + b` | a + b | 1 for a, 1 for b |
# | `a * b` | a b | b for a, a for b |
# | `a ** n` | a^n | n a^(n - 1) |
# | `a.tanh()` | t = tanh(a) | 1 - t^2 |
#
# So a computation becomes a graph. Here is d = a * b + a, with a = 2 and b = 3:
#
# ```text
#    a = 2 --------(3)----> c = a * b = 6 ----(1)----> d = c + a = 8
#      \                    ^                          ^
#       \      b = 3 --(2)--+                          |
#        +----------------------(1)--------------------+
# ```
#
# In brackets stand the local derivatives. Backward begins at the result, whose own gradient is dd/dd = 1, and goes
# against the arrows. Each value passes its gradient on to its inputs, multiplied by the local derivative:
#
# - d passes 1 * 1 to c, and 1 * 1 to a;
# - c passes 1 * 3 to a, and 1 * 2 to b.
#
# a was used twice and got two gradients, which add up: a.grad = 1 + 3 = 4, and b.grad = 2. By hand, d = a b + a has the
# derivatives b + 1 = 4 and a = 2.
#
# **The order matters.** A value may pass its gradient on only when it is complete, that is, when every value that was
# computed from it has passed on its own gradient. A list in which each value stands after all of its inputs is called a
# *topological order*; backward goes through it from the end. To make one, visit the result: to visit a value means to
# visit first its inputs, then to append the value itself to the list, unless it was visited before.
#
# **Your task:** write the four operations and `backward`. After `result.backward()` each value that the result was
# computed from holds its gradient in `grad`, and the result itself holds 1.

# %%
import math


class Value:
    """A number that remembers what it was computed from.

    inputs is a list of pairs: a Value, and the local derivative with respect to it.
    """

    def __init__(self, data, inputs=()):
        self.data, self.inputs = data, inputs
        self.grad = 0.0

    def __add__(self, other):
        """Return self + other."""
        ### BEGIN SOLUTION
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])
        ### END SOLUTION

    def __mul__(self, other):
        """Return self * other."""
        ### BEGIN SOLUTION
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])
        ### END SOLUTION

    def __pow__(self, n):
        """Return self ** n, for a number n."""
        ### BEGIN SOLUTION
        return Value(self.data**n, [(self, n * self.data ** (n - 1))])
        ### END SOLUTION

    def tanh(self):
        """Return the hyperbolic tangent of self."""
        ### BEGIN SOLUTION
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t**2)])
        ### END SOLUTION

    def backward(self):
        """Let each value that this one was computed from hold in grad how fast this one changes with it."""
        ### BEGIN SOLUTION
        order, visited = [], set()

        def visit(value):
            if value not in visited:
                visited.add(value)
                for one, _ in value.inputs:
                    visit(one)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for one, derivative in value.inputs:
                one.grad += derivative * value.grad
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="add multiply power tanh"
# 1. Every operation returns a new Value. Its number is computed from `self.data`, and from `other.data` where there are
#    two inputs.
# 2. The second argument of Value is the list of pairs: each input with its local derivative, a number.
# 3. A value with one input: `Value(result, [(self, derivative)])`, with the derivative from the table above.

# %% [markdown] tags=["hints"] part="add_grad multiply_grad"
# 1. If a grows by a little, by how much does a + b grow, and by how much a * b?
# 2. The local derivatives of a sum are 1 and 1. Those of a product are the *other* factor each.
# 3. Both inputs belong into the list, each with its own derivative.

# %% [markdown] tags=["hints"] part="power_grad tanh_grad"
# 1. Both derivatives stand in the table. At which number are they computed?
# 2. The derivative of a^n is n a^(n - 1): the exponent comes down as a factor, and is one less above.
# 3. That of tanh is simplest by its own result t: 1 - t * t.

# %% [markdown] tags=["hints"] part="used_twice"
# 1. In d = a * b + a, how much of the gradient of a comes along each of the two ways?
# 2. A value that was used twice gets a gradient from each use. They add up.
# 3. Is the gradient set anew with `=`, or added to what is there with `+=`?

# %% [markdown] tags=["hints"] part="order"
# 1. Let c = a + b, and d = c + c, and e = d + c. When has c its whole gradient, and when may it pass it on?
# 2. Make the list first: visit(value) visits the inputs of the value, then appends the value; one that was visited
#    already is skipped.
# 3. Set the result's grad to 1. Go through the reversed list, and let each value add its grad times the local
#    derivative to the grad of each input.

# %% tags=["questions"]
from coursework.questions import Question


def draw_add(rng):
    return program("add", rng.normal(size=5).tolist(), chain(rng, "add"))


def draw_multiply(rng):
    leaves = rng.uniform(0.5, 2.0, 5) * rng.choice([-1, 1], 5)
    return program("multiply", leaves.tolist(), chain(rng, "multiply"))


def draw_power(rng):
    exponents = rng.permutation([-2.0, 0.5, 3.0, 2.0, -1.0])[:3].tolist()
    steps = [["power", number, exponent] for number, exponent in enumerate(exponents)]
    return program("power", [float(rng.uniform(0.7, 1.3))], steps)


def draw_tanh(rng):
    leaf = float(rng.uniform(0.3, 1.5) * rng.choice([-1, 1]))
    return program("tanh", [leaf], [["tanh", number, 0] for number in range(3)])


def draw_used_twice(rng):
    """Six uses of three leaves, in a row of sums."""
    uses = rng.permutation([0, 0, 1, 1, 1, 2]).tolist()
    steps = [["add", *uses[:2]], *(["add", number, use] for number, use in enumerate(uses[2:], start=3))]
    return program("", rng.normal(size=3).tolist(), steps, "used_twice")


def draw_order(rng):
    """Sums of the latest value and an earlier sum, so that inner values are used again; the order of both varies."""
    steps = [["add", 0, 1], ["add", 2, int(rng.integers(2))]]
    for latest, turned in enumerate(rng.permutation([0, 0, 1, 1]), start=3):
        pair = [latest, int(rng.integers(2, latest))]
        steps.append(["add", *(pair[::-1] if turned else pair)])
    return program("", rng.normal(size=2).tolist(), steps, "order")


def chain(rng, operation):
    """Return steps that join four of five leaves, one after the other, the latest value with a leaf in either order."""
    leaves = rng.permutation(5)[:4].tolist()
    steps = [[operation, leaves[0], leaves[1]]]
    for latest, leaf in enumerate(leaves[2:], start=5):
        steps.append([operation, *rng.permutation([latest, leaf]).tolist()])
    return steps


def program(name, leaves, steps, gradient=""):
    """Return what is asked: the result's number goes by name, the gradients of all values by the other."""
    return {"name": name, "gradient": gradient or f"{name}_grad", "leaves": leaves, "steps": steps}


QUESTIONS = [
    Question("Value", {"add": 1, "add_grad": 1}, draw_add, "ask_program"),
    Question("Value", {"multiply": 1, "multiply_grad": 1}, draw_multiply, "ask_program"),
    Question("Value", {"power": 1, "power_grad": 2}, draw_power, "ask_program"),
    Question("Value", {"tanh": 1, "tanh_grad": 2}, draw_tanh, "ask_program"),
    Question("Value", {"used_twice": 2}, draw_used_twice, "ask_program"),
    Question("Value", {"order": 3}, draw_order, "ask_program"),
]


# %% tags=["asked"]
def ask_program(work, answers, name, gradient, leaves, steps):
    operations = {
        "add": lambda a, b: values[a] + values[b],
        "multiply": lambda a, b: values[a] * values[b],
        "power": lambda a, n: values[a] ** n,
        "tanh": lambda a, _: values[a].tanh(),
    }
    values = [work.Value(leaf) for leaf in leaves]
    for operation, first, second in steps:
        values.append(operations[operation](first, second))
    if name:
        answers[name] = float(values[-1].data)
    values[-1].backward()
    answers[gradient] = [float(value.grad) for value in values]


# %% tags=["wrong"] name="overwrites-gradient" part="used_twice order"
# A gradient takes the place of the one that is there. A value that was used several times gets one from each use, and
# they add up.
class Value(Value):
    def backward(self):
        order = []

        def visit(value):
            if value not in order:
                for one, _ in value.inputs:
                    visit(one)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for one, derivative in value.inputs:
                one.grad = derivative * value.grad


# %% tags=["wrong"] name="passed-on-too-early" part="order"
# A value passes its gradient on each time it gets a part of it, so that earlier parts are passed on again. Make the
# list first, and let each value pass on once, when its gradient is complete.
class Value(Value):
    def backward(self, first=True):
        if first:
            self.grad = 1.0
        for one, derivative in self.inputs:
            one.grad += derivative * self.grad
            one.backward(first=False)


# %% tags=["wrong"] name="not-in-order" part="order"
# Each value passes its gradient on once, but some do before it is complete. Append a value to the list after its
# inputs, and go through the list from the end.
class Value(Value):
    def backward(self):
        order = []

        def visit(value):
            if value not in order:
                order.append(value)
                for one, _ in value.inputs:
                    visit(one)

        visit(self)
        self.grad = 1.0
        for value in order:
            for one, derivative in value.inputs:
                one.grad += derivative * value.grad


# %% tags=["wrong"] name="level-by-level" part="order"
# Values are visited level by level, from the result down. A value can be an input on several levels, and must wait for
# the last of them: use a topological order.
class Value(Value):
    def backward(self):
        order, self.grad = [self], 1.0
        for value in order:
            for one, derivative in value.inputs:
                one.grad += derivative * value.grad
                if one not in order:
                    order.append(one)


# %% tags=["wrong"] name="start-missing" part="add_grad multiply_grad power_grad tanh_grad used_twice order"
# The result's own gradient stays 0, so that 0 is passed on everywhere. It is 1: a result changes as fast as itself.
class Value(Value):
    def backward(self):
        pass


# %% tags=["wrong"] name="inputs-only" part="add_grad multiply_grad power_grad tanh_grad used_twice order"
# Only the direct inputs of the result get a gradient. Each of them must pass it on to its own inputs, up to the first
# values.
class Value(Value):
    def backward(self):
        self.grad = 1.0
        for one, derivative in self.inputs:
            one.grad += derivative


# %% tags=["wrong"] name="ignores-grad" part="multiply_grad power_grad tanh_grad order"
# Local derivatives are passed on alone. By the chain rule they are multiplied by the gradient of the value that passes
# them on.
class Value(Value):
    def backward(self):
        order = []

        def visit(value):
            if value not in order:
                for one, _ in value.inputs:
                    visit(one)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for one, derivative in value.inputs:
                one.grad += derivative


# %% tags=["wrong"] name="swapped" part="multiply_grad"
# The factors of a product get their own numbers as derivatives. The derivative with respect to one factor is the other.
class Value(Value):
    def __mul__(self, other):
        return Value(self.data * other.data, [(self, self.data), (other, other.data)])


# %% tags=["wrong"] name="second-input-missing" part="multiply_grad"
# Only the first factor of a product gets a gradient. Both are inputs.
class Value(Value):
    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data)])


# %% tags=["wrong"] name="missing-factor" part="power_grad"
# The derivative of a^n lacks the factor n, which comes down from the exponent.
class Value(Value):
    def __pow__(self, n):
        return Value(self.data**n, [(self, self.data ** (n - 1))])


# %% tags=["wrong"] name="exponent-not-lowered" part="power_grad"
# The derivative of a^n has the exponent n here. It must be one less.
class Value(Value):
    def __pow__(self, n):
        return Value(self.data**n, [(self, n * self.data**n)])


# %% tags=["wrong"] name="wrong-point" part="tanh_grad"
# The derivative of tanh is computed as 1 - a^2 from its input. In the formula 1 - t^2 stands its result, t = tanh(a).
class Value(Value):
    def tanh(self):
        return Value(math.tanh(self.data), [(self, 1 - self.data**2)])


# %% tags=["wrong"] name="square-missing" part="tanh_grad"
# The derivative of tanh is computed as 1 - t. It is 1 - t^2.
class Value(Value):
    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t)])


# %% tags=["wrong"] name="derivative-of-sigmoid" part="tanh_grad"
# The derivative of tanh is computed as t (1 - t), which is that of the sigmoid. That of tanh is 1 - t^2.
class Value(Value):
    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, t * (1 - t))])
