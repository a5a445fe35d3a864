"""The modules that draw, in a real browser without a window: live, and as they are, from a web server."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest

import figures
from browser_support import complaints, look, number_of, opened, settle, text, until
from figures.report.embedding import DATA, as_json
from figures.report.linking import in_order

pytestmark = pytest.mark.exhaustive

FIGURES = Path(figures.__file__).parent
WITH = """
    const [body, ...given] = [...arguments].slice(0, -1);
    const done = arguments[arguments.length - 1];
    const names = ["asking", "canvas", "charts", "colours", "ink", "numbers", "plane", "plot", "tiles"];
    Promise.all(names.map((name) => import(`/drawing/${name}.js`)))
      .then((modules) => new Function("m", "given", body)(Object.assign({}, ...modules), given))
      .then((value) => done({ value }), (error) => done({ error: String(error.stack) }));
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = opened(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.quit()


@pytest.fixture
def served(tmp_path):
    """Serve a copy of the modules and of their styles, and return its folder and its address."""
    for folder in ("drawing", "report"):
        shutil.copytree(FIGURES / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def draw(browser, served):
    """Run JavaScript on an empty page, with everything that the modules export in ``m``, and return what it returns."""
    folder, address = served
    links = "".join(f'<link rel="stylesheet" href="/drawing/{path.name}">' for path in FIGURES.glob("drawing/*.css"))
    page = f'<!doctype html><link rel="icon" href="data:,">{links}<body style="width: 600px"></body>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    look(browser)
    browser.get_log("browser")
    browser.get(address)

    def run(body, *given):
        result = browser.execute_async_script(WITH, body, *given)
        assert "error" not in result, result["error"]
        return result["value"]

    yield run
    assert complaints(browser) == []


@pytest.mark.parametrize("name", ["digits", "spiral", "curve"])
def test_the_page_of_the_report_works_as_modules_from_a_web_server(browser, served, name, reports):
    folder, address = served
    data = as_json(reports(name))
    page = (folder / "report" / "page.html").read_text(encoding="utf-8")
    assert DATA in page
    (folder / "report" / "page.html").write_text(page.replace(DATA, DATA.replace("><", f">{data}<")), encoding="utf-8")
    look(browser)
    browser.get_log("browser")
    browser.get(f"{address}/report/page.html")
    until(browser, "return document.querySelector('#curve-charts path') !== null")
    settle(browser)
    assert complaints(browser) == []
    seen = {"digits": "#bars .best", "spiral": "#plane-bars .best", "curve": "#fit-chart .line.fitted"}[name]
    assert number_of(browser, seen) == 1
    assert browser.execute_script("return typeof REPORT") == "undefined"


def test_no_script_takes_a_name_of_the_window(browser):
    """In the page that is one file the names of the scripts are global."""
    browser.get("about:blank")
    names = [name for module in in_order(FIGURES / "report" / "main.js", {}, ()).values() for name in module.names]
    assert len(names) > 100
    assert browser.execute_script("return arguments[0].filter((name) => name in window)", names) == []


CHART = """
    const chart = new m.Chart({ title: "Loss", xs: [], xName: "step", series: [], ends: [0, 100], from: 0, to: 1 });
    document.body.replaceChildren(chart.figure);
    const next = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const lines = (n) => {
      const xs = Array.from({ length: n }, (_, i) => i);
      return { xs, series: [{ name: "train", values: Float32Array.from(xs, (x) => 1 / (1 + x)), look: "train" }] };
    };
"""


def test_a_chart_begins_without_a_point_and_grows(draw):
    found = draw(f"""{CHART}
        return (async () => {{
          await next();
          const before = chart.svg.querySelectorAll(".tick").length;
          chart.update(lines(30));
          const path = chart.svg.querySelector(".line");
          chart.update(lines(60));
          const d = path.getAttribute("d");
          return [before, path === chart.svg.querySelector(".line"), d.split("L").length, chart.readout.textContent];
        }})();
    """)
    assert found[0] > 4
    assert found[1:] == [True, 60, "step 59train 0.0167"]


def test_the_axes_stay_the_same_elements_as_long_as_they_look_the_same(draw):
    same, then = draw(f"""{CHART}
        return (async () => {{
          await next();
          chart.update(lines(30));
          const axis = chart.svg.querySelector(".axis");
          chart.update(lines(60));
          const same = axis === chart.svg.querySelector(".axis");
          chart.update({{ ends: [0, 200] }});
          return [same, axis === chart.svg.querySelector(".axis")];
        }})();
    """)
    assert same
    assert not then


def test_who_looks_at_an_earlier_point_stays_there_when_the_line_grows(draw):
    assert draw(f"""{CHART}
        chart.update(lines(30));
        chart.choose(4);
        chart.update(lines(60));
        return [chart.index, chart.readout.textContent, chart.svg.getAttribute("aria-valuemax")];
    """) == [4, "step 4train 0.2", "59"]


def test_thirty_frames_a_second_are_far_from_the_limit(draw):
    """Charts, a plane with its points and the maps of 20 units together: the median of what a frame takes."""
    took = draw(f"""{CHART}
        const frame = document.createElement("div");
        const canvas = document.createElement("canvas");
        document.body.append(frame, canvas);
        const plane = new m.Plane(frame, {{ extents: [[-1, 1], [-1, 1]], features: ["x", "y"] }});
        const values = Float32Array.from({{ length: 60 * 60 * 3 }}, (_, i) => (i % 7) / 7);
        const points = Array.from({{ length: 400 }}, (_, i) => ({{ at: [i / 400, 0], label: i % 3, kind: "small" }}));
        const maps = Array(20).fill(Float32Array.from({{ length: 900 }}, (_, i) => (i % 9) / 4 - 1));
        const how = {{ width: 30, height: 30, columns: 5, gap: 2, colour: m.signedColour }};
        const times = [];
        return (async () => {{
          await next();
          plane.showPoints(points);
          for (let step = 1; step <= 40; step++) {{
            const started = performance.now();
            chart.update(lines(50 * step));
            plane.showShares({{ values, side: 60, classes: 3 }});
            m.paintTiles(canvas, maps, how);
            times.push(performance.now() - started);
            await next();
          }}
          return times.sort((a, b) => a - b)[20];
        }})();
    """)
    assert took < 1000 / 30


def test_a_plane_has_the_colours_of_the_shares_that_it_is_given(draw):
    left, right = draw("""
        const frame = document.createElement("div");
        document.body.replaceChildren(frame);
        const plane = new m.Plane(frame, { extents: [[0, 1], [0, 1]], features: ["x", "y"] });
        const share = (_, i) => Number((i % 20 < 10) === (i % 2 === 0));
        const values = Float32Array.from({ length: 10 * 10 * 2 }, share);
        plane.showShares({ values, side: 10, classes: 2 });
        const { data } = plane.canvas.getContext("2d").getImageData(0, 15, 30, 1);
        return [2, 27].map((column) => [...data.slice(4 * column, 4 * column + 3)]);
    """)
    assert left[2] > left[0]  # the first class is blue, the second orange
    assert right[0] > right[2]


def test_a_plane_tells_which_place_the_pointer_or_the_keys_choose(draw, browser):
    draw("""
        const frame = Object.assign(document.createElement("div"), { className: "plane-frame", tabIndex: 0 });
        document.body.replaceChildren(frame);
        window.chosen = [];
        const chosen = (at) => window.chosen.push(at);
        window.shown = new m.Plane(frame, { extents: [[-1, 1], [-2, 2]], features: ["x", "y"], chosen });
    """)
    settle(browser)
    keys = """
        const frame = document.querySelector(".plane-frame");
        for (const key of ["ArrowRight", "ArrowUp"]) frame.dispatchEvent(new KeyboardEvent("keydown", { key }));
        const box = frame.getBoundingClientRect();
        const clientX = box.left + shown.x.at(0.5), clientY = box.top + shown.y.at(-1);
        frame.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY }));
        return chosen;
    """
    first, second, third = browser.execute_script(keys)
    assert first == pytest.approx([1 / 20, 0])
    assert second == pytest.approx([1 / 20, 1 / 10])
    assert third == pytest.approx([0.5, -1])


def test_everywhere_is_asked_once_row_by_row_from_above(draw):
    asked, values = draw("""
        const asked = [];
        return new Promise((done) => m.askEverywhere({
          extents: [[0, 3], [0, 3]],
          side: 3,
          classes: 1,
          ask: (at) => (asked.push(at), [asked.length]),
          show: ({ values }) => values.length === 9 && done([asked, [...values]]),
        }));
    """)
    assert asked == [[x, y] for y in (2.5, 1.5, 0.5) for x in (0.5, 1.5, 2.5)]
    assert values == list(range(1, 10))


def test_the_sheet_has_the_size_and_the_pen_that_it_is_given(draw):
    size, box, sees = draw("""
        const canvas = document.createElement("canvas");
        const image = { width: 8, height: 8, white: 16, making: "blocks" };
        const sheet = new m.Sheet(canvas, { width: 8, height: 8, pen: 0.25, changed() {}, begun() {} });
        const { width, height } = canvas;
        sheet.line({ x: width / 2, y: height / 4 }, { x: width / 2, y: (3 * height) / 4 });
        return [[width, height], m.boundingBox(sheet.ink(), 0.5), m.seen(sheet.ink(), image).length];
    """)
    assert size == [560, 560]
    assert box["width"] == pytest.approx(140, abs=2)
    assert box["height"] == pytest.approx(420, abs=2)
    assert sees == 64


def test_all_pictures_that_are_seen_follow_when_it_gets_dark(draw, browser):
    corner = """
        const context = document.createElement("canvas").getContext("2d");
        context.drawImage(document.querySelector("canvas"), 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    """
    draw("""
        const canvas = document.createElement("canvas");
        document.body.replaceChildren(canvas);
        m.paintInk(canvas, [0, 1], 2, 1);
    """)
    light = browser.execute_script(corner)
    look(browser, dark=True)
    settle(browser)
    assert min(light) > 200
    assert max(browser.execute_script(corner)) < 60


def test_what_a_chart_says_is_text(draw, browser):
    draw("""
        const hostile = "<img src=x onerror='window.harmed = 1'>";
        const series = [{ name: hostile, values: [1, 2], look: "train" }];
        const events = [{ x: 1, name: hostile, words: hostile }];
        const chart = new m.Chart({ title: hostile, xs: [1, 2], xName: hostile, series, events });
        document.body.replaceChildren(chart.figure);
    """)
    assert text(browser, "figcaption b").startswith("<img")
    assert number_of(browser, "img") == 0
