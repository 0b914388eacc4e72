// Keeps what is typed in the browser until the server has it. What was not saved comes back when the page is opened again,
// unless somebody else has changed the same answer since.
(function () {
  "use strict";
  var form = document.getElementById("fill");
  if (!form) { return; }
  var key = "meihao:" + form.dataset.unit, typed = 0, sent = 0;
  var skipped = ["csrfmiddlewaretoken", "window", "was", "go"];
  function fields() {
    var found = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && skipped.indexOf(name) < 0) { found[name] = value; }
    });
    return found;
  }
  var shown = fields();
  function say(which) {
    var kept = document.getElementById("kept");
    kept.textContent = kept.dataset[which];
    kept.classList.add("lost");
  }
  function put(name, value) {
    Array.prototype.forEach.call(form.elements, function (one) {
      if (one.name !== name || one.disabled || one.type === "file" || one.type === "hidden") { return; }
      if (one.type === "radio" || one.type === "checkbox") { one.checked = value !== undefined && one.value === value; }
      else { one.value = value === undefined ? "" : value; }
    });
  }
  function restore() {
    var kept = JSON.parse(localStorage.getItem(key) || "null"), back = 0;
    if (!kept) { return; }
    Object.keys(Object.assign({}, kept.was, kept.now)).forEach(function (name) {
      if (kept.now[name] !== kept.was[name] && shown[name] === kept.was[name]) { put(name, kept.now[name]); back += 1; }
    });
    if (back) { say("back"); } else { localStorage.removeItem(key); }
  }
  function keep() { localStorage.setItem(key, JSON.stringify({was: shown, now: fields()})); }
  restore();
  form.addEventListener("input", function () { typed += 1; keep(); });
  form.addEventListener("htmx:beforeRequest", function () { sent = typed; });
  form.addEventListener("htmx:afterRequest", function (event) {
    if (!event.detail.successful) { say("lost"); return; }
    if (sent === typed) { shown = fields(); localStorage.removeItem(key); }
  });
}());
