/* Runs the tests beside the sources, `*.test.ts`, with Node's runner; a word after it chooses those whose path has it. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WEB = fileURLToPath(new URL("..", import.meta.url));
const wanted = process.argv[2] ?? "";
const tests = readdirSync(WEB, { recursive: true })
  .filter((path) => path.endsWith(".test.ts") && !path.startsWith("node_modules") && path.includes(wanted))
  .map((path) => join(WEB, path));
const folder = mkdtempSync(join(tmpdir(), "page-tests-"));
try {
  await build({ entryPoints: tests, bundle: true, platform: "node", format: "esm", outdir: folder, outExtension: { ".js": ".mjs" }, logLevel: "warning" });
  const found = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".mjs")).map((path) => join(folder, path));
  const { status } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...found], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
