"""How fast training in the page is: pictures and frames a second, and 20 epochs of digits beside a native training.

What is given is a browser of Selenium's and the address of a site that ``python -m page build`` wrote.
"""

import statistics
import time
from typing import Any, NamedTuple

from benchmarks.page_check import until
from datasets import load_digits
from networks import MultiLayerNet
from training import SGD, Trainer

SECONDS = 5.0
UNITS, LR, BATCH, EPOCHS = 50, 0.5, 20, 20
START = ".train-play"
READY = f"const play = document.querySelector('{START}'); return play !== null && !play.disabled"
# Counts the frames of the page, and the pictures of the plane, while the usual network learns the spiral.
COUNT = f"""
const [seconds, done] = arguments;
const canvas = document.querySelector(".plane-frame canvas");
const context = canvas.getContext("2d");
let [frames, pictures, longest] = [0, 0, 0];
const put = context.putImageData;
context.putImageData = function (...given) {{ pictures++; return put.apply(context, given); }};
document.querySelector("{START}").click();
const began = performance.now();
let last = began;
const frame = (now) => {{
  frames++;
  longest = Math.max(longest, now - last);
  last = now;
  if (now - began < 1000 * seconds) requestAnimationFrame(frame);
  else {{
    context.putImageData = put;
    const took = (now - began) / 1000;
    done([frames / took, pictures / took, longest]);
  }}
}};
requestAnimationFrame(frame);
"""
# Trains on the digits in a worker of its own, as the page does it, and measures from the first step to the last.
DIGITS = """
const [config, done] = arguments;
const worker = new Worker("worker.js", { type: "module" });
let answered = null;
let number = 0;
const ask = (job, data) => new Promise((resolve) => {
  answered = resolve;
  worker.postMessage({ kind: "ask", number: ++number, request: JSON.stringify({ job, ...data }), anew: false });
});
worker.onmessage = async ({ data: said }) => {
  if (said.kind === "answer") return answered(JSON.parse(said.text).answer);
  if (said.kind !== "ready") return;
  await ask("train.start", { runs: [config] });
  const began = performance.now();
  let run;
  do ({ runs: [run] } = await ask("train.advance", { milliseconds: 100 })); while (run.state === "ready");
  worker.terminate();
  done([(performance.now() - began) / 1000, run.history.at(-1).test_accuracy]);
};
worker.postMessage({ kind: "begin", site: new URL(".", location.href).href, image: null });
"""


class Frames(NamedTuple):
    """What is drawn in a second while the spiral is learned, and the longest time between two frames."""

    frames: float
    pictures: float
    longest: float  # milliseconds


class Digits(NamedTuple):
    """Seconds for 20 epochs of digits: in the page, natively, and how many times as long it takes in the page."""

    page: float
    native: float
    times: float


def frames(browser: Any, address: str) -> Frames:
    """Measure while the usual network learns the spiral."""
    open_page(browser, address)
    return Frames(*browser.execute_async_script(COUNT, SECONDS))


def digits(browser: Any, address: str, repeats: int = 3) -> Digits:
    """Measure the same training in the page and natively, in turns; the median of each."""
    browser.get(f"{address}icon.svg")
    config = {"data": "digits", "hidden": [{"units": UNITS, "activation": "relu"}], "optimizer": "sgd"}
    config |= {"lr": LR, "batch_size": BATCH, "epochs": EPOCHS}
    in_page, natively = [], []
    for _ in range(repeats):
        seconds, accuracy = browser.execute_async_script(DIGITS, config)
        in_page.append(seconds)
        native_seconds, native_accuracy = native_digits()
        natively.append(native_seconds)
        if abs(accuracy - native_accuracy) > 1e-5:
            raise ValueError(f"the page's network is right in {accuracy:.4%}, the native one in {native_accuracy:.4%}")
    page, native = statistics.median(in_page), statistics.median(natively)
    return Digits(page, native, page / native)


def native_digits() -> tuple[float, float]:
    """Train natively; return the seconds and the accuracy."""
    (x_train, t_train), (x_test, t_test) = load_digits()
    network = MultiLayerNet(64, [UNITS], 10, seed=0)
    trainer = Trainer(network, x_train, t_train, x_test, t_test, SGD(LR), EPOCHS, BATCH, seed=0)
    began = time.perf_counter()
    history = trainer.train()
    return time.perf_counter() - began, history[-1]["test_accuracy"]


def open_page(browser: Any, address: str) -> None:
    """Open the part Train as who comes for the first time sees it, and wait until a training can be started."""
    browser.get(f"{address}icon.svg")
    browser.execute_script("localStorage.clear()")
    browser.get(f"{address}#train")
    until(browser, READY)
