/* The page of the desk. All that is looked at stays in this page: a worker reads it, and is ended and replaced where it
   takes too long. In words that old browsers read, so that they can say that they are too old. */
(function () {
  "use strict";
  // For one file, in milliseconds: half a minute, and on a slow machine as much more as opening took longer than usual.
  var LONGEST = 30000, OPENED = 10000, begunAt = 0;
  function at(id) { return document.getElementById(id); }
  var words = JSON.parse(at("words").textContent);
  var county = document.documentElement.getAttribute("data-county");
  var able = window.WebAssembly && window.Worker && window.DecompressionStream && window.Blob && Object.hasOwn;
  if (!able) return;
  at("old").hidden = true;
  at("desk").hidden = false;

  var worker = null, isReady = false, waiting = null, asked = null, clock = 0, slowness = 1, links = [];

  function say(key) { at("status").textContent = words.steps[key] || key; }

  function blobUrl(content, type) {
    var url = URL.createObjectURL(new Blob([content], { type: type }));
    return url;
  }

  async function script() {
    var packed = Uint8Array.from(atob(at("python.js").textContent.trim()), function (letter) { return letter.charCodeAt(0); });
    var text = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    return blobUrl(text + "\n" + at("worker").textContent, "text/javascript");
  }

  var address = script();

  async function begin() {
    isReady = false;
    begunAt = Date.now();
    say("opening");
    var own = new Worker(await address);
    worker = own;
    own.onmessage = function (message) { if (worker === own) heard(message.data); };
    own.onerror = function () { if (worker === own) failed("failed"); };
    var parts = {};
    document.querySelectorAll("[data-part]").forEach(function (part) { parts[part.id] = part.textContent.trim(); });
    own.postMessage({ kind: "start", parts: parts, county: county });
  }

  function heard(said) {
    if (said.kind === "step") say(said.key);
    if (said.kind === "ready") { isReady = true; slowness = Math.max(1, (Date.now() - begunAt) / OPENED); say("ready"); if (waiting) look(waiting); }
    if (said.kind === "answer") { done(); show(said); }
    if (said.kind === "failed") failed("failed");
  }

  function done() {
    clearTimeout(clock);
    at("busy").hidden = true;
    at("file").disabled = false;
    waiting = null;
  }

  function failed(key) {
    var name = asked ? asked.name : "";
    var before = isReady;
    worker.terminate();
    done();
    clear();
    at("verdict").className = "refused";
    at("verdict").textContent = words[key].title.replace("{seconds}", Math.round(LONGEST * slowness / 1000));
    at("trouble").textContent = words[key].text.replace("{file}", name).replace("{seconds}", Math.round(LONGEST * slowness / 1000));
    at("trouble").hidden = false;
    at("result").hidden = false;
    at("verdict").focus();
    if (before) begin();
    else { say("failed"); at("file").disabled = true; }
  }

  function clear() {
    links.forEach(function (url) { URL.revokeObjectURL(url); });
    links = [];
    ["trouble", "save", "receipt", "province"].forEach(function (id) { at(id).hidden = true; });
    at("answer").textContent = "";
  }

  function link(anchor, name, content, type) {
    anchor.href = blobUrl(content, type);
    anchor.download = name;
    links.push(anchor.href);
  }

  function show(said) {
    clear();
    say("done");
    var page = new DOMParser().parseFromString(said.page, "text/html").body;
    at("verdict").className = said.receipt ? "good" : "refused";
    at("verdict").textContent = said.receipt ? words.can_be_sent : words.not_yet;
    page.querySelector("h1").remove();
    at("answer").append.apply(at("answer"), Array.from(document.importNode(page, true).childNodes));
    if (said.workbook) {
      var content = Uint8Array.from(atob(said.workbook.content), function (letter) { return letter.charCodeAt(0); });
      link(at("marked"), said.workbook.name, content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
      at("save").hidden = false;
    }
    if (said.receipt) receipt(said.receipt);
    at("province").hidden = !said.receipt;
    at("result").hidden = false;
    at("verdict").focus();
  }

  function receipt(of) {
    var texts = words.receipt;
    var lines = [
      texts.title.replace("{county}", words.county),
      texts.file.replace("{file}", of.file),
      texts.bytes.replace("{bytes}", of.bytes),
      texts.digest.replace("{digest}", of.digest),
      texts.received_on.replace("{day}", of.received_on),
    ].concat(of.counts, [of.empty.length ? texts.empty.replace("{tables}", of.empty.join("、")) : texts.none_empty, texts.province]);
    at("receipt-text").textContent = lines.join("\n");
    link(at("receipt-save"), texts.name, lines.join("\r\n") + "\r\n", "text/plain;charset=utf-8");
    at("receipt").hidden = false;
  }

  function look(file) {
    waiting = file;
    asked = file;
    at("busy").hidden = false;
    at("busy-name").textContent = file.name;
    if (!isReady) return;
    clock = setTimeout(function () { failed("too_long"); }, LONGEST * slowness);
    file.arrayBuffer().then(function (content) {
      worker.postMessage({ kind: "file", name: file.name.replace(/[\/\\]/g, "_"), content: content }, [content]);
    }, function () { failed("unread"); });
  }

  function chosen(files) {
    if (!files.length || waiting || at("file").disabled) return;
    if (files.length > 1) { say("one_by_one"); return; }
    at("result").hidden = true;
    at("file").disabled = true;
    look(files[0]);
  }

  at("file").addEventListener("change", function () { chosen(Array.from(at("file").files)); at("file").value = ""; });
  ["dragover", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      event.preventDefault();
      if (kind === "drop") chosen(Array.from(event.dataTransfer.files));
    });
  });
  begin();
})();
