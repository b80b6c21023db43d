// Runs the find box's own search, as the site ships it: node lookup_search.mjs SITE QUERIES.json [typed]
// Prints for each query what was found, [[kind, code, cost], …], what was near though something else fits, and which files
// it took; typed: sign by sign.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [site, queries, typed] = process.argv.slice(2);
const run = (name) => runInThisContext(readFileSync(join(site, "assets", name), "utf8"));
globalThis.window = globalThis;
run(readdirSync(join(site, "assets")).find((name) => /^search(\.[0-9a-f]+\.min)?\.js$/.test(name))); // its name may have its content

let taken = new Set();
const search = globalThis.campaignLookup.searcher(async (name) => {
  if (!globalThis.campaignNames?.[name] && !existsSync(join(site, "assets", "lookup", `${name}.js`))) return null;
  if (!globalThis.campaignNames?.[name]) run(`lookup/${name}.js`);
  taken.add(name);
  return globalThis.campaignNames[name];
});

const answers = [];
for (const query of JSON.parse(readFileSync(queries, "utf8"))) {
  taken = new Set();
  const signs = [...query];
  for (let length = 1; typed && length < signs.length; length += 1) await search(signs.slice(0, length).join(""), false);
  const { found, near, slipped } = await search(query, true);
  const told = (places) => places.map(({ kind, code, cost }) => [kind, code, cost]);
  answers.push({ found: told(found), near: told(near), slipped, files: [...taken] });
}
console.log(JSON.stringify(answers));
