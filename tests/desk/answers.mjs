// What the desk's engine says of files: node answers.mjs ENGINE WORKER RECORD COUNTY FOLDER
// Each file of FOLDER is answered by one start of Python; the answers are written beside them as NAME.json. Afterwards a
// line of JSON tells the seconds to the first and to all answers, and the bytes that Python took.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [engine, worker, record, county, folder] = process.argv.slice(2);
const python = await loadPyodide({ stderr: () => {} });
for (const name of ["packages.zip.zst", "software.zip.zst"]) python.FS.writeFile(`/${name}`, readFileSync(`${engine}/${name}`));
python.FS.writeFile("/county.zip", readFileSync(record));
python.runPython(readFileSync(worker, "utf-8").split("const SET_UP = `")[1].split("`;")[0]);
const desk = python.globals.get("self_check").load("/campaign", county, () => {});
python.FS.mkdirTree("/sent");
let first = 0;
for (const name of readdirSync(folder).sort()) {
  python.FS.writeFile(`/sent/${name}`, readFileSync(`${folder}/${name}`));
  writeFileSync(`${folder}/${name}.json`, desk.answer(`/sent/${name}`));
  first ||= performance.now();
}
console.log(JSON.stringify({ first: first / 1000, all: performance.now() / 1000, bytes: process.memoryUsage().rss }));
