// Runs the scripts that are named, in one process: they share a browser.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

for (const name of process.argv.slice(2)) await import(pathToFileURL(resolve(name)).href);
