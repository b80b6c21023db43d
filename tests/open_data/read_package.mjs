// Reads a Data Package with the JavaScript library of the standard, which shares no code with ours: checks the
// descriptor, casts every cell of every table, checks primary and foreign keys, and prints the rows.
// It compares each row with each of the other table: keys to or from a gazetteer of thousands are left to Frictionless.
import { createRequire } from "node:module";
const { Package } = createRequire(import.meta.url)("datapackage");

const GAZETTEERS = new Set(["divisions"]);
const found = await Package.load(process.argv[2]);
const answer = { valid: found.valid, errors: found.errors.map(String), tables: {} };
for (const resource of found.resources) {
  const keys = resource.descriptor.schema.foreignKeys || [];
  const keyed = keys.length > 0 && !keys.some(({ reference }) => GAZETTEERS.has(reference.resource || resource.name));
  answer.tables[resource.name] = await resource.read({ keyed: true });
  if (keyed) await resource.checkRelations();
}
console.log(JSON.stringify(answer));
