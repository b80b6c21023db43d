// Which of a floor's bounds scripts and styles break: node floor.mjs FILE… prints [[file, what], …] as JSON.
// The floor: Chromium 71 and Safari 12, so the syntax of ECMAScript 2019 without what neither has.
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { generate, parse as parseStyle, walk } from "css-tree";

const NAMES = new Set(["globalThis", "structuredClone", "AbortSignal", "ResizeObserver", "WeakRef", "BigInt"]);
const MEMBERS = new Set(["replaceChildren", "replaceAll", "matchAll", "at", "hasOwn", "allSettled", "fromEntries", "toSorted",
  "toReversed", "findLast", "findLastIndex", "isConnected", "any"]);
const SELECTORS = new Set(["has", "is", "where", "focus-visible"]);
const FUNCTIONS = new Set(["clamp", "min", "max", "color-mix", "light-dark"]);
const PROPERTIES = new Set(["inset", "aspect-ratio", "inset-inline", "inset-block"]);
const broken = [];

function script(file, text) {
  const tree = (sourceType) => parse(text, { ecmaVersion: 2019, sourceType, locations: true });
  const note = (node, what) => broken.push([file, `${node.loc.start.line}: ${what}`]);
  const visit = (node) => {
    if (!node || typeof node.type !== "string") return;
    if (node.type === "Identifier" && NAMES.has(node.name)) note(node, node.name);
    if (node.type === "MemberExpression" && !node.computed && MEMBERS.has(node.property.name)) note(node, node.property.name);
    Object.values(node).flat().forEach(visit);
  };
  try {
    visit(tree("script"));
  } catch (error) {
    broken.push([file, String(error.message)]);
  }
}

// Inside @supports a browser takes what it knows; what stands outside must be known to all.
function style(file, text) {
  const note = (node, what) => broken.push([file, `${what}: ${generate(node).slice(0, 80)}`]);
  walk(parseStyle(text), function each(node) {
    if (this.atrule && this.atrule.name === "supports") return;
    if (node.type === "PseudoClassSelector" && SELECTORS.has(node.name)) note(node, node.name);
    if (node.type === "Function" && FUNCTIONS.has(node.name)) note(node, node.name);
    if (node.type === "Declaration" && PROPERTIES.has(node.property)) note(node, node.property);
  });
}

for (const file of process.argv.slice(2)) (file.endsWith(".css") ? style : script)(file, readFileSync(file, "utf8"));
console.log(JSON.stringify(broken));
