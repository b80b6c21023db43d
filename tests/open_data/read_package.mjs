// Reads a Data Package with the JavaScript library of the standard, which shares no code with ours: checks the
// descriptor, casts every cell of every table, checks primary and foreign keys, and prints the rows.
import { createRequire } from "node:module";
const { Package } = createRequire(import.meta.url)("datapackage");

const found = await Package.load(process.argv[2]);
const answer = { valid: found.valid, errors: found.errors.map(String), tables: {} };
for (const resource of found.resources) {
  const keyed = (resource.descriptor.schema.foreignKeys || []).length > 0;
  answer.tables[resource.name] = await resource.read({ keyed: true });
  if (keyed) await resource.checkRelations();
}
console.log(JSON.stringify(answer));
