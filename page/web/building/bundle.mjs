/* Bundles the page: `node bundle.mjs SITE RUNTIME SETTINGS` writes main.js, main.css, worker.js and the service worker. */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WEB = fileURLToPath(new URL("..", import.meta.url));

/** Lets a name stand for one of our files. */
function named(name, file) {
  return {
    name: "named",
    setup: ({ onResolve }) => onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: file })),
  };
}

const [site, runtime, settings] = process.argv.slice(2);
const { version, files, ...known } = JSON.parse(settings);
const texts = (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]));
const common = { bundle: true, minify: true, charset: "utf8", format: "esm", target: "es2022", outdir: site, legalComments: "none", logLevel: "warning" };

await build({
  ...common,
  entryPoints: { main: `${WEB}main.ts`, worker: `${WEB}runtime/worker.ts` },
  plugins: [named("chainrule:backend", `${WEB}runtime/${runtime}.ts`)],
  define: texts(known),
});
await build({
  ...common,
  entryPoints: { "service-worker": `${WEB}service-worker.ts` },
  format: "iife",
  define: texts({ VERSION: version, FILES: files }),
});
