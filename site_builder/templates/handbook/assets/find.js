// The handbook's find box: whole words first, then pages that hold most of their pairs of letters.
(function () {
  "use strict";
  var MOST = 12, AROUND = 30;
  var box = document.getElementById("find"), list = document.getElementById("found"), asked = false;
  if (!box) return;

  function load() {
    if (asked) return;
    asked = true;
    var script = document.createElement("script");
    script.src = box.dataset.root + "assets/find-index.js"; // a script and not data, so that it opens from a disk
    script.onload = show;
    document.head.appendChild(script);
  }

  function pairs(word) {
    var found = [];
    for (var at = 0; at + 1 < word.length; at += 1) found.push(word.slice(at, at + 2));
    return found.length ? found : [word];
  }

  function share(word, text) {
    var all = pairs(word);
    return all.filter(function (pair) { return text.indexOf(pair) >= 0; }).length / all.length;
  }

  function score(word, page) {
    var title = page.title.toLowerCase(), text = page.text.toLowerCase();
    if (title.indexOf(word) >= 0) return 4 + word.length / title.length;
    if (text.indexOf(word) >= 0) return page.code ? 1.5 : 2;
    var title_share = share(word, title), text_share = share(word, text);
    return title_share >= 0.5 ? 2 * title_share : text_share >= 0.7 ? text_share : 0;
  }

  function rank(words, page) {
    var scores = words.map(function (word) { return score(word, page); });
    return Math.min.apply(null, scores) && scores.reduce(function (sum, one) { return sum + one; }, 0);
  }

  function excerpt(words, text) {
    var low = text.toLowerCase();
    var at = Math.max.apply(null, words.map(function (word) { return low.indexOf(word); }));
    var from = Math.max(0, at - AROUND);
    return (from ? "…" : "") + text.slice(from, from + 3 * AROUND);
  }

  function line(words, page) {
    var item = document.createElement("li"), link = document.createElement("a"), some = document.createElement("small");
    link.href = box.dataset.root + page.url;
    link.textContent = page.title;
    some.textContent = excerpt(words, page.text);
    item.append(link, some);
    return item;
  }

  function show() {
    var words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    list.hidden = !words.length || !window.handbook;
    if (list.hidden) return;
    var found = window.handbook.map(function (page) { return [rank(words, page), page]; });
    found = found.filter(function (pair) { return pair[0] > 0; });
    found.sort(function (one, other) { return other[0] - one[0]; });
    found.slice(0, MOST).forEach(function (pair) { list.append(line(words, pair[1])); });
    if (!found.length) list.textContent = "没有找到，换一个说法试试。";
  }

  box.addEventListener("focus", load);
  box.addEventListener("input", show);
  box.addEventListener("keydown", function (event) {
    var first = list.querySelector("a");
    if (event.key === "Enter" && first) location.href = first.href;
    if (event.key === "Escape") list.hidden = true;
  });
})();
