/* Files of the run that are in the page, such as the network in a form for other programs. */

import { make } from "../drawing/elements.js";
import { count } from "../drawing/numbers.js";
import { REPORT, bytes } from "./data.js";
import { byId, show } from "./parts.js";

export function showDownloads() {
  const files = REPORT.downloads ?? [];
  const links = files.map(({ name, content }) => {
    const data = bytes(content);
    const href = URL.createObjectURL(new Blob([data]));
    return make("a", { href, download: name }, `${name} (${count(Math.ceil(data.length / 1000))} kB)`);
  });
  byId("downloads").append(...links);
  show("downloads", links.length > 0);
}
