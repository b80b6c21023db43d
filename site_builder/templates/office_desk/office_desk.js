/* The page of the office's desk. It shows what the program next to it gives, hands over what is dropped or chosen, and
   decides nothing: every rule is in Python. All addresses are below the page's own, which nobody else knows. */
(function () {
  "use strict";
  function at(id) { return document.getElementById(id); }
  var words = JSON.parse(at("words").textContent);
  if (!(window.fetch && window.URLSearchParams && window.FormData && Element.prototype.replaceChildren)) return;
  at("old").hidden = true;
  at("desk").hidden = false;
  var version = 0, isSending = false, isOver = false;

  function say(text) { if (at("status").textContent !== text) at("status").textContent = text; }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function post(what, body) {
    return fetch(what, { method: "POST", body: body || "", credentials: "omit" });
  }

  /* What somebody has typed or opened stays when the rest of the page becomes another. */
  function remembered() {
    var kept = { focus: document.activeElement && document.activeElement.id, open: {}, values: {}, checked: {} };
    at("part").querySelectorAll("[id]").forEach(function (one) {
      if (one.localName === "details") kept.open[one.id] = one.open;
      if (one.type === "radio" && one.checked !== one.defaultChecked) kept.checked[one.id] = one.checked;
      if (one.localName === "textarea" && one.value !== one.defaultValue) kept.values[one.id] = one.value;
      if (one.localName === "input" && one.type !== "radio" && one.value !== one.defaultValue) kept.values[one.id] = one.value;
    });
    return kept;
  }

  function put(html) {
    var kept = remembered();
    var body = new DOMParser().parseFromString(html, "text/html").body;
    at("part").replaceChildren.apply(at("part"), Array.from(document.importNode(body, true).childNodes));
    Object.keys(kept.open).forEach(function (id) { if (at(id)) at(id).open = at(id).open || kept.open[id]; });
    Object.keys(kept.values).forEach(function (id) { if (at(id)) at(id).value = kept.values[id]; });
    Object.keys(kept.checked).forEach(function (id) { if (at(id)) at(id).checked = kept.checked[id]; });
    if (kept.focus && at(kept.focus)) at(kept.focus).focus({ preventScroll: true });
  }

  async function follow() {
    while (!isOver) {
      try {
        var answer = await fetch("state?after=" + version, { credentials: "omit", cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        var state = await answer.json();
        if (isOver) return;
        if (state.version !== version) {
          version = state.version;
          if (!isSending) say(state.status);
          put(state.html);
        }
      } catch (error) {
        if (!isOver) say(words.lost);
        return;
      }
    }
  }

  async function send(files) {
    if (isSending || isOver || !files.length) return;
    isSending = true;
    at("files").disabled = true;
    var refused = [];
    for (var number = 0; number < files.length; number += 1) {
      var file = files[number];
      say(fill(words.sending, { name: file.name, number: number + 1, of: files.length }));
      var answer = await post("files?name=" + encodeURIComponent(file.name), file).catch(function () { return null; });
      if (!answer || !answer.ok) refused.push(fill(answer && answer.status === 409 ? words.too_many : words.too_heavy, { name: file.name }));
    }
    isSending = false;
    at("files").disabled = false;
    if (refused.length) say(refused.join(""));
    await post("look");
  }

  function give(form) {
    form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    var fields = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { fields.append(name, value); });
    fields.append("file", form.dataset.file || "");
    return post(form.dataset.do, fields).then(function (answer) { if (!answer.ok) say(words.lost); }, function () { say(words.lost); });
  }

  function isChanged(form) {
    return Array.from(form.elements).some(function (one) { return one.type === "radio" && one.checked !== one.defaultChecked; });
  }

  /* What is chosen of other returns goes along: all are looked at again but once. */
  async function choose(form) {
    var forms = Array.from(document.querySelectorAll("form[data-do=choose]"));
    var given = forms.filter(function (one) { return one === form || isChanged(one); });
    for (var number = 0; number < given.length; number += 1) await give(given[number]);
    await post("look");
  }

  document.addEventListener("submit", function (event) {
    event.preventDefault();
    var form = event.target;
    if (form.dataset.do === "choose") choose(form);
    else give(form);
  });

  document.addEventListener("click", function (event) {
    var id = event.target.dataset && event.target.dataset.copy;
    if (!id) return;
    var done = navigator.clipboard ? navigator.clipboard.writeText(at(id).value) : Promise.reject();
    done.then(function () { event.target.textContent = words.copied; }, function () {
      at(id).select();
      event.target.textContent = words.not_copied;
    });
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    var place = link && at(link.getAttribute("href").slice(1));
    if (place && place.localName === "details") place.open = true;
  });

  at("end").addEventListener("click", function () {
    isOver = true;
    post("end").then(function () {
      at("desk").replaceChildren(Object.assign(document.createElement("p"), { textContent: words.ended }));
    });
  });
  at("files").addEventListener("change", function () { send(Array.from(at("files").files)); at("files").value = ""; });
  ["dragover", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      event.preventDefault();
      if (kind === "drop") send(Array.from(event.dataTransfer.files));
    });
  });
  follow();
})();
