/* What was trained, how well, and how to repeat it. */

import { dress, make } from "../drawing/elements.js";
import { DASH, count, duration, isNumber, percent, several, short, withArticle } from "../drawing/numbers.js";
import { CLASSES, REPORT, THING } from "./data.js";
import { byId } from "./parts.js";

export function showAbout() {
  const { config, history, test, network } = REPORT;
  const dataset = String(config.dataset ?? "data");
  document.title = `${network.name} on ${dataset}`;
  byId("network-name").textContent = network.name;
  byId("dataset-name").textContent = dataset;
  const seconds = history.map((record) => record.seconds).filter(isNumber);
  const facts = [
    ...(CLASSES > 0 ? rightAndWrong(test) : [[short(test.loss), `loss on ${several(test.samples, `test ${THING}`)}`]]),
    [count(history.length), history.length === 1 ? "epoch" : "epochs"],
    [count(network.parameters), "parameters"],
  ];
  if (seconds.length > 0) facts.push([duration(seconds.reduce((a, b) => a + b)), "of training"]);
  byId("facts").append(...facts.map(([number, noun]) => make("li", {}, make("b", {}, number), make("span", {}, noun))));
  byId("command").append(...unbroken(String(config.command ?? "")));
  document.querySelector(".command").hidden = !config.command;
  byId("copy").addEventListener("click", copyCommand);
  byId("settings").append(
    ...Object.entries(config)
      .filter(([name]) => name !== "command")
      .flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, setting(value))]),
  );
  for (const element of document.querySelectorAll(".thing")) element.textContent = THING;
  for (const element of document.querySelectorAll(".a-thing")) element.textContent = withArticle(THING);
}

function rightAndWrong({ accuracy, samples }) {
  const wrong = Math.round((1 - accuracy) * samples);
  return [
    [percent(accuracy), `of ${count(samples)} test ${THING}s right`],
    [count(wrong), wrong === 1 ? "mistake" : "mistakes"],
  ];
}

/** Return a text as words, of which none is broken at a hyphen, and the spaces between them. */
function unbroken(text) {
  return text.split(/( +)/).map((part) => (part.trim() ? make("span", {}, part) : part));
}

/** Write a setting as a reader wants it. */
function setting(value) {
  if (value === null || value === "") return DASH;
  return typeof value === "object" ? JSON.stringify(value).replaceAll(",", ", ") : String(value);
}

async function copyCommand() {
  const code = byId("command");
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    getSelection().selectAllChildren(code); // a browser that does not allow it for files
    document.execCommand("copy");
  }
  byId("copy").textContent = byId("copied").textContent = "Copied";
  setTimeout(() => (byId("copy").textContent = "Copy"), 2000);
}

/** List the parts of the page that are there. */
export function showContents() {
  const sections = [...document.querySelectorAll("main > section:not([hidden])")];
  if (REPORT.image === null) dress(document.querySelector(".skip"), { href: `#${sections[0]?.id}` });
  const links = sections.map((section) =>
    make("a", { href: `#${section.id}` }, section.dataset.short),
  );
  byId("contents").append(...links);
}
