// Compile sources of the desk's engine with the Python that will run them: node .ci/desk-compiled.mjs FOLDER LEVEL NAME...
// Each NAME.zip becomes NAME.zip.zst, packed by a level of zstd. Compiled files stand in the place of their sources and
// name no time, so that the same sources give the same bytes. Two rooms keep theirs: what they found is remembered by the
// digest of their sources.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [folder, level, ...names] = process.argv.slice(2);
const python = await loadPyodide(); // which takes longer than to compile our own software: once for all
python.runPython(`
import compileall, io, py_compile, shutil, zipfile
from compression import zstd
from pathlib import Path
APP, KEPT = Path("/app"), ("site_builder/checks/", "site_builder/disclosure/")
level = {zstd.CompressionParameter.compression_level: ${Number(level)}, zstd.CompressionParameter.window_log: 25}
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
def compiled():
    shutil.rmtree(APP, ignore_errors=True)
    with zipfile.ZipFile("/sources.zip") as sources:
        sources.extractall(APP)
    for path in sorted(APP.rglob("*.py")):
        is_kept = path.relative_to(APP).as_posix().startswith(KEPT)
        compileall.compile_file(path, quiet=2, legacy=not is_kept, stripdir="/", invalidation_mode=mode)
        if not is_kept and path.with_suffix(".pyc").is_file():
            path.unlink()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for path in sorted(APP.rglob("*")):
            if path.is_file():
                packed.writestr(zipfile.ZipInfo(path.relative_to(APP).as_posix()), path.read_bytes())
    Path("/packed").write_bytes(zstd.compress(whole.getvalue(), options=level))
`);
for (const name of names) {
  python.FS.writeFile("/sources.zip", readFileSync(`${folder}/${name}.zip`));
  python.runPython("compiled()");
  writeFileSync(`${folder}/${name}.zip.zst`, python.FS.readFile("/packed"));
  rmSync(`${folder}/${name}.zip`);
}
