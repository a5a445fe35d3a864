"""The pictures of the benchmarks."""

from typing import TYPE_CHECKING, Any

from benchmarks.growth import SIZES, TITLES
from benchmarks.jobs import OURS
from figures.style import BLUE, INK, LINES, ORANGE, PALE, SMALL, TEXT, finish, new_figure, show_legend

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plot_ratios(rows: list[dict[str, Any]]) -> "Figure":
    """Draw a bar for every ratio that has a limit, and the limit as a mark.

    Parameters
    ----------
    rows : list of dict
        ``title``, ``peer``, ``ratio`` and ``limit``; those without a limit are left out.
    """
    rows = [row for row in rows if row["limit"] is not None][::-1]
    figure = new_figure((10.0, 1.4 + 0.42 * len(rows)), "Our time divided by others'")
    axes = figure.subplots()
    for place, row in enumerate(rows):
        reached = row["ratio"] <= row["limit"]
        axes.barh(place, row["ratio"], 0.6, color=BLUE if reached else ORANGE, hatch="" if reached else "//")
        axes.plot([row["limit"]] * 2, [place - 0.4, place + 0.4], color=INK, linewidth=2.5)
        beside = max(row["ratio"], row["limit"])
        axes.annotate(
            f"{row['ratio']:.2f}", (beside, place), (6, 0), textcoords="offset points", va="center", fontsize=SMALL
        )
    finish(axes, "ratio; the black mark is to be reached, hatched is missed", "")
    axes.axvline(1, color=PALE, linestyle=":", linewidth=1.5)
    axes.set_yticks(range(len(rows)), [f"{row['title']}\nagainst {row['peer']}" for row in rows], fontsize=SMALL - 1.5)
    axes.set_xlim(0, 1.12 * max(max(row["ratio"], row["limit"]) for row in rows))
    return figure


def plot_growth(rows: list[dict[str, Any]]) -> "Figure":
    """Draw the time of a step against width, batch and depth, ours and others'.

    Parameters
    ----------
    rows : list of dict
        ``what``, ``size`` and the seconds by the contestants' names.
    """
    figure = new_figure((12.0, 4.4), "How the time of a step grows")
    panels = [what for what in SIZES if any(row["what"] == what for row in rows)]
    for axes, what in zip(figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True):
        some = [row for row in rows if row["what"] == what]
        for name, line in zip([key for key in some[0] if key not in ("what", "size")], LINES, strict=False):
            axes.plot(
                [row["size"] for row in some],
                [1e6 * row[name] for row in some],
                label="chainrule" if name == OURS else name,
                **line,
            )
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        finish(axes, what, "microseconds a step" if what == panels[0] else "")
        axes.set_xticks([row["size"] for row in some], [str(row["size"]) for row in some])
        axes.minorticks_off()
        axes.set_title(TITLES[what], fontsize=TEXT)
        show_legend(axes)
    return figure
