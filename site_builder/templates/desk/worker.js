/* The desk's worker: Python with this software, started from what the page holds, and asked for one file after the other.
   Nothing is fetched: what Pyodide asks for is answered from memory. Whoever started the worker may end it at any time. */
"use strict";
const parts = {};
self.fetch = async (address) => {
  const name = String(address).split("/").pop();
  if (!(name in parts)) throw new TypeError(name);
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(parts[name], { headers: { "Content-Type": type } });
};

async function bytes(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

const SET_UP = `
import io, sys, zipfile
from compression import zstd
for name in ("packages", "software"):
    with open(f"/{name}.zip.zst", "rb") as packed:
        whole = zstd.decompress(packed.read(), options={zstd.DecompressionParameter.window_log_max: 27})
    zipfile.ZipFile(io.BytesIO(whole)).extractall("/app")
    del whole
zipfile.ZipFile("/county.zip").extractall("/campaign")
sys.path.insert(0, "/app")
from site_builder.commands.browser import self_check
`;

async function start(packed, county) {
  for (const name of Object.keys(packed)) parts[name] = await bytes(packed[name]);
  step("python");
  const python = await loadPyodide({
    indexURL: "https://desk.invalid/", lockFileContents: PYODIDE_LOCK, packageBaseUrl: "https://desk.invalid/",
    createPyodideModule: _createPyodideModule, stdout: () => {}, stderr: () => {},
  });
  step("software");
  for (const name of ["packages.zip.zst", "software.zip.zst", "county.zip"]) python.FS.writeFile(`/${name}`, parts[name]);
  for (const name of Object.keys(parts)) delete parts[name];
  python.runPython(SET_UP);
  step("record");
  const desk = python.globals.get("self_check").load("/campaign", county, step);
  self.postMessage({ kind: "ready" });
  return { python, desk };
}

function step(key) {
  self.postMessage({ kind: "step", key });
}

function answer(python, desk, name, content) {
  const folder = "/sent", path = `${folder}/${name}`;
  python.FS.mkdirTree(folder);
  python.FS.writeFile(path, new Uint8Array(content));
  const said = JSON.parse(desk.answer(path));
  python.FS.unlink(path);
  self.postMessage({ kind: "answer", ...said });
}

let begun;
self.onmessage = async (message) => {
  const asked = message.data;
  try {
    if (asked.kind === "start") begun = await start(asked.parts, asked.county);
    if (asked.kind === "file") answer(begun.python, begun.desk, asked.name, asked.content);
  } catch (error) {
    self.postMessage({ kind: "failed", text: String(error && error.message || error).slice(-400) });
  }
};
