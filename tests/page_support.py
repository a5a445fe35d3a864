"""What the tests of the page share: asking its Python, past everything that is shown, and not waiting for so long."""

from contextlib import contextmanager

ASK = """
const [job, data, anew, times, done] = arguments;
const worker = new Worker("worker.js", { type: "module" });
const output = [];
worker.onmessage = ({ data: said }) => {
  const next = (said.number ?? 0) + 1;
  if (said.kind === "ready" || (said.kind === "answer" && next <= times)) {
    worker.postMessage({ kind: "ask", number: next, request: JSON.stringify({ job, ...data }), anew });
    return;
  }
  if (said.kind === "output") output.push(said.text);
  if (["answer", "crashed", "unable"].includes(said.kind)) {
    worker.terminate();
    done({ ...said, output: output.join("") });
  }
};
worker.postMessage({ kind: "begin", site: new URL(".", location.href).href, image: null });
"""

HURRY = """
const [seconds] = arguments;
const usual = window.setTimeout;
window.inTime = () => { window.setTimeout = usual; };
window.setTimeout = (then, after, ...given) => usual(then, after === 1000 * seconds ? after / 8 : after, ...given);
"""


def ask(browser, job, anew=False, times=1, **data):
    return browser.execute_async_script(ASK, job, data, anew, times)


@contextmanager
def hurried(browser, seconds):
    """What the page does after exactly so many seconds, it does meanwhile after an eighth of them."""
    browser.execute_script(HURRY, seconds)
    yield
    browser.execute_script("window.inTime()")
