"""What is said of each mistake that a known network's backward may have; ``{place}`` is where it is."""

from language import N_

SLOPE = N_("Multiply by f'(z) once, where the gradient passes {place}")
SOFTMAX = N_("Through a softmax the gradient is y * (g - sum(g * y)): every output depends on every score")
TURNED = N_("{place} is multiplied where its transpose belongs: through z = h W the gradient goes back as dh = dz W^T")
FIRST_ALONE = N_("the first step alone gives {names} its gradient")
LAST_ALONE = N_("the last step alone gives {names} its gradient")
STEPS = N_("Each step of the loop has its share in the gradient: add up, dW += ..., and set it to zero before the loop")

# By the kind of an edge and by what stands in the place of its way back: the code and the sentences.
WRONG: dict[tuple[str, str], tuple[str, ...]] = {
    ("input", "transposed"): ("transposed", TURNED),
    ("path", "transposed"): ("transposed", TURNED),
    ("recurrent", "transposed"): (
        "transposed",
        N_(
            "on the way from one step back to the one before, {place} is multiplied where its transpose belongs: "
            "through z = h W the gradient goes back as dh = dz W^T"
        ),
    ),
    ("recurrent", "past the slope before"): (
        N_("missing-factor"),
        N_(
            "what comes back from the step after is added behind the activation's derivative. Add it to the gradient "
            "of h_t first, and multiply their sum by f'(z_t)"
        ),
    ),
    ("recurrent", "past the slope after"): (
        "missing-factor",
        N_(
            "dh_next is taken before the activation's derivative is multiplied. It is dz W^T, where dz is the "
            "gradient of h_t times f'(z_t)"
        ),
    ),
    ("weight", "state after"): (
        "wrong-point",
        N_("{place} gets its gradient from h_t, the state after the step, where forward multiplied h_(t-1)"),
    ),
    ("factor", "transposed"): (
        "transposed",
        N_("{place} gets a gradient in which a factor of the product is not transposed"),
    ),
    ("scale", "left out"): ("missing-factor", N_("the factor {place} is left out")),
    ("scale", "twice"): (N_("applied-twice"), N_("the factor {place} is multiplied twice")),
    ("slope", "left out"): ("missing-factor", N_("the derivative of {place} is left out"), SLOPE),
    ("slope", "twice"): (
        "applied-twice",
        N_(
            "the derivative of {place} is multiplied twice. Multiply by f'(z) once, where the gradient passes "
            "{place}; y - t, for a cross entropy, contains it already"
        ),
    ),
    ("slope", "negative"): ("sign-flipped", N_("the derivative of {place} has the wrong sign")),
    ("slope", "inverted"): ("mask-inverted", N_("the mask of {place} is the wrong way round")),
    ("slope", "from dout"): ("mask-from-dout", N_("the mask of {place} is taken from the gradient's own sign")),
    ("slope", "zero or one"): (
        "partly-wrong",
        N_(
            "the derivative of {place} is 0 where z is negative, and should be the slope there: in z > 0 + slope * (z "
            "<= 0), Python adds before it compares"
        ),
    ),
    ("slope", "at the output"): ("wrong-point", N_("the derivative of {place} is taken at its output, f'(f(z))")),
    ("slope", "input for output"): (
        "wrong-point",
        N_("the derivative of {place} is written in terms of the output y, and is given z"),
    ),
    ("slope", "output of output"): (
        "wrong-point",
        N_("the derivative of {place} applies the activation to its output once more"),
    ),
    ("slope", "step before"): ("wrong-point", N_("the derivative of {place} is taken at the step before, h_(t-1)")),
    ("softmax", "diagonal"): (
        "missing-term",
        N_("of {place} only the diagonal is there, y * (1 - y)"),
        SOFTMAX,
    ),
    ("softmax", "no sum"): ("missing-term", N_("of {place} only g * y is there"), SOFTMAX),
    ("softmax", "left out"): ("missing-factor", N_("the derivative of {place} is left out"), SOFTMAX),
    ("softmax", "rows summed"): (
        "summed-too-early",
        N_("the rows of the Jacobian of {place} are summed before the gradient comes in, which gives zero"),
        SOFTMAX,
    ),
    ("softmax", "twice"): (
        "applied-twice",
        N_("behind {place}, the gradient is multiplied by y * (1 - y) once more: y - t contains the softmax already"),
    ),
    ("softmax", "applied twice"): (
        "applied-twice",
        N_("the derivative of {place} is applied twice: y - t, for a cross entropy, contains it already"),
    ),
}

# Paths that may be left out.
LEFT_OUT = {
    "recurrent": N_(
        "what comes back from the step after is not added: each h_t reaches the loss also through h_(t+1), so its "
        "gradient is the one from its own output plus dh_next"
    ),
    "path": N_(
        "the path through {place} is not added to the gradient of x, which is the SUM over all paths by which x "
        "reaches the output"
    ),
    "weight": N_(
        "the share of {place} is missing. A weight that is used in several places gets the SUM of the gradients from "
        "all of them"
    ),
    "factor": N_("the path through {place} is missing"),
    "state": N_("the gradient that comes straight from the output is not added"),
}
