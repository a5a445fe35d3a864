"""The options of ``train.py``."""

import argparse
from typing import Any

from language import N_, _
from layers.common.devices import DEVICES
from layers.initializers import INITIALIZERS, get_initializer
from networks.stack import ACTIVATIONS
from training.command.command_line import Parser, folder_path, number, seed_number, whole_number
from training.command.data_options import add_data_options, check_data_options
from training.command.networks import NETWORKS
from training.optimizers import OPTIMIZERS
from training.schedules import SCHEDULES

# What does not decide what a run computes.
FREE_ON_RESUME = ("checkpoint_every", "data", "data_dir", "device", "no_diagnosis", "no_pictures", "parallel", "quiet")

positive = number(N_("a positive number"), lambda value: value > 0)
share_reached = number(N_("a share greater than 0 and at most 1, such as 0.97"), lambda value: 0 < value <= 1)
share_dropped = number(N_("a share of at least 0 and less than 1, such as 0.5"), lambda value: 0 <= value < 1)
from_zero = number(N_("a number of at least 0"), lambda value: value >= 0)


def parse(description: str, arguments: list[str] | None, program: str = "train.py") -> argparse.Namespace:
    """Return the options, checked; ``of_network`` holds the network's own that were given."""
    parser = parser_of(description, program)
    options = parser.parse_args(arguments)
    if options.resume is not None:
        check_options_beside_resume(parser, arguments)
    check_data_options(parser, options)
    options.of_network = given_to_network(parser, options)
    return options


def what_is_asked(options: argparse.Namespace) -> dict[str, str]:
    """Return the options that all processes have to share, by their names; only the data may lie elsewhere for some."""
    others = ("data", "data_dir", "of_network")  # the last holds options that stand there by their own names, too
    asked = {name: str(value) for name, value in vars(options).items() if name not in others}
    return {f"--{name.replace('_', '-')}": value for name, value in asked.items()}


def parser_of(description: str, program: str) -> Parser:
    """Return the parser of all options."""
    parser = Parser(prog=program, description=description.split("\n")[0], allow_abbrev=False)
    add_data_options(parser)
    add_options(parser)
    add_run_options(parser)
    add_network_options(parser)
    return parser


def add_options(parser: Parser) -> None:
    """Add what every network and its training have."""
    add = parser.add_argument
    add("--network", choices=list(NETWORKS), default="TwoLayerNet", metavar="NAME", help=", ".join(NETWORKS))
    add(
        "--epochs",
        type=whole_number,
        metavar="N",
        help=_("passes over the data (mnist or digits: {epochs}; else some 2,000 steps)", epochs=usual_epochs()),
    )
    add(
        "--batch-size",
        type=whole_number,
        metavar="N",
        help=_("samples per step (mnist 100, digits 20, else 10 to 100)"),
    )
    add(
        "--optimizer",
        choices=list(OPTIMIZERS),
        metavar="NAME",
        help=_("{names} (TwoLayerNet on images sgd, else adam)", names=", ".join(OPTIMIZERS)),
    )
    add("--lr", type=positive, metavar="LR", help=_("learning rate (sgd 0.5, momentum 0.05, adam 0.001, ...)"))
    add(
        "--schedule",
        choices=list(SCHEDULES),
        metavar="NAME",
        help=_(
            "how the learning rate changes: {names} (TwoLayerNet on images constant, else cosine)",
            names=", ".join(SCHEDULES),
        ),
    )
    add("--weight-decay", type=from_zero, metavar="W", help=_("pulls every parameter towards zero (0; adamw 0.01)"))
    add("--clip-norm", type=positive, metavar="C", help=_("scale longer gradients down to this norm"))


def add_run_options(parser: Parser) -> None:
    """Add what the run is made of: where it is, how long it goes on, and what it leaves."""
    add = parser.add_argument
    add("--seed", type=seed_number, default=0, metavar="N", help=_("seed for weights and batches (%(default)s)"))
    add("--out", type=folder_path, metavar="DIR", help=_("folder for the run (runs/<dataset>-<date>-<time>)"))
    add(
        "--target-accuracy",
        type=share_reached,
        metavar="A",
        help=_("stop after the epoch whose test accuracy, or that of --validation, reaches A"),
    )
    add(
        "--resume", type=folder_path, metavar="RUN", help=_("continue the run in this folder with its original options")
    )
    add("--checkpoint-every", type=whole_number, metavar="N", help=_("checkpoint every N steps, and after each epoch"))
    add(
        "--shards",
        type=whole_number,
        metavar="N",
        help=_("cut each batch into N shards; any number of processes may share them"),
    )
    add(
        "--parallel",
        choices=("mpi",),
        metavar="mpi",
        help=_("share the shards among the processes that mpiexec starts"),
    )
    add("--device", choices=DEVICES, metavar="NAME", help=_("cpu, or cuda: a GPU of NVIDIA's, by CuPy (cpu)"))
    add(
        "--no-diagnosis",
        action="store_true",
        help=_("do not look for what is wrong with the training, which takes 2 s or more"),
    )
    add("--no-pictures", action="store_true", help=_("leave out the pictures and the report"))
    add("--quiet", action="store_true", help=_("print the result and errors only"))


def check_options_beside_resume(parser: Parser, arguments: list[str] | None) -> None:
    """Make it an error to change what was decided when the run began, be it to what is usual."""
    not_given = object()  # what argparse finds there already, it does not replace by the usual
    every = vars(parser.parse_args([]))
    options = vars(parser.parse_args(arguments, argparse.Namespace(**dict.fromkeys(every, not_given))))
    changed = [
        flag(name)
        for name, value in options.items()
        if value is not not_given and name not in ("resume", *FREE_ON_RESUME)
    ]
    if changed:
        free = ", ".join(map(flag, FREE_ON_RESUME))
        parser.error(
            _(
                "--resume continues with the run's original options; only {free} can be given besides, got {changed}",
                free=free,
                changed=", ".join(changed),
            )
        )


def add_network_options(parser: Parser) -> None:
    """Add what only some networks have, with None for what was not given."""
    group = parser.add_argument_group(_("options of some networks"))

    def add(name: str, what: str, **more: Any) -> None:
        owners = [f"{network} {usual}" for network, usual in defaults_of(name).items()]
        group.add_argument(f"--{name.replace('_', '-')}", default=None, help=f"{what} ({', '.join(owners)})", **more)

    add("hidden", _("units of each hidden affine layer"), type=whole_number, nargs="+", metavar="N")
    add("activation", f"{', '.join(ACTIVATIONS)}", choices=list(ACTIVATIONS), metavar="NAME")
    add(
        "init",
        _("{names}, or a standard deviation", names=", ".join(INITIALIZERS)),
        type=starting_weights,
        metavar="NAME",
    )
    add("batch_norm", _("batch normalisation in every hidden layer"), action="store_true")
    add("dropout", _("fraction of the units that dropout sets to zero"), type=share_dropped, metavar="R")
    add("filters", _("number of filters in the convolution"), type=whole_number, metavar="N")
    add("filter_size", _("height and width of the filters"), type=whole_number, metavar="N")
    add("channels", _("channels of the blocks, one number for each group"), type=whole_number, nargs="+", metavar="N")
    add("blocks", _("blocks in each group"), type=whole_number, metavar="N")


def usual_epochs() -> str:
    """Return each network's epochs as text, on MNIST and on the digits."""
    return ", ".join(f"{name} {choice.epochs}/{choice.epochs_digits}" for name, choice in NETWORKS.items())


def defaults_of(option: str) -> dict[str, str]:
    """Return the default of an option for every network that has it, as it is typed."""
    found = {name: choice.options[option] for name, choice in NETWORKS.items() if option in choice.options}
    return {
        name: " ".join(map(str, usual)) if isinstance(usual, tuple) else str(usual) for name, usual in found.items()
    }


def given_to_network(parser: Parser, options: argparse.Namespace) -> dict[str, Any]:
    """Return the options of the chosen network that were given; those of other networks are an error."""
    own = NETWORKS[options.network].options
    every = {name for choice in NETWORKS.values() for name in choice.options}
    given = {name: value for name in sorted(every) if (value := getattr(options, name)) is not None}
    for name in given:
        if name not in own:
            known = ", ".join(flag(option) for option in own)
            parser.error(
                _(
                    "{network} has no option {option}; it has {known}",
                    network=options.network,
                    option=flag(name),
                    known=known,
                )
            )
    return given


def flag(option: str) -> str:
    """Return an option as it is typed."""
    return "--" + option.replace("_", "-")


def starting_weights(text: str) -> str | float:
    """Parse the name of an initialiser or a standard deviation."""
    try:
        choice: str | float = text if text in INITIALIZERS else float(text)
        get_initializer(choice)
    except ValueError:
        known = ", ".join(INITIALIZERS)
        raise argparse.ArgumentTypeError(
            _("expected {known} or a number of at least 0, got {text}", known=known, text=text)
        ) from None
    return choice
