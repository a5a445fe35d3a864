/* Makes HTML of the exercises' prose: a JSON list of texts in Markdown comes in, one of HTML goes out. Formulas become
   MathML, which browsers show by themselves. Whatever looks like HTML in a text stays text. */

import { readFileSync } from "node:fs";
import katex from "katex";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/* Formulas side by side are a row, which can be broken where the screen is narrow. */
function formula(tex, displayMode) {
  const parts = tex.includes("\\begin") ? [tex] : tex.split("\\qquad");
  if (!displayMode || parts.length === 1) return mathml(tex, displayMode);
  return `<span class="formulas">${parts.map((part) => mathml(`\\displaystyle ${part.trim()}`, false)).join(" ")}</span>`;
}

function mathml(tex, displayMode) {
  const html = katex.renderToString(tex, { displayMode, output: "mathml", throwOnError: true, strict: "error" });
  return html.replace("<math ", '<math lang="en" ').replace(/<annotation[^]*?<\/annotation>/g, "").replace(/^<span class="katex">|<\/span>$/g, "");
}

/* $$...$$ in a paragraph of its own, or within one; $...$ within a line. */
markdown.inline.ruler.before("escape", "formula", (state, silent) => {
  const { src, pos } = state;
  if (src[pos] !== "$") return false;
  const mark = src.startsWith("$$", pos) ? "$$" : "$";
  const end = src.indexOf(mark, pos + mark.length);
  const tex = src.slice(pos + mark.length, end);
  if (end < 0 || !tex.trim() || (mark === "$" && /^\s|\s$/.test(tex))) return false;
  if (!silent) state.push("formula", "", 0).content = formula(tex, mark === "$$");
  state.pos = end + mark.length;
  return true;
});
markdown.renderer.rules.formula = (tokens, index) => tokens[index].content;
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>';
markdown.renderer.rules.table_close = () => "</table></div>";
/* The exercise's own title stands above; in the page, its sections are of the third level. */
markdown.renderer.rules.heading_open = () => "<h3>";
markdown.renderer.rules.heading_close = () => "</h3>";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => markdown.render(text))));
