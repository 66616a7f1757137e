// Sends the page's own forms and puts the answer in place of its middle; keys, dragging, undo.
"use strict";

const root = document.documentElement;
root.classList.add("scripted");
const main = () => document.getElementById("main");
const spoken = document.getElementById("spoken");
let waiting = Promise.resolve();

// Undo and redo: ways back that the server gave, kept for this window and this application.

const store = () => `ways ${location.pathname}`;
const ways = () => JSON.parse(sessionStorage.getItem(store()) || '{"undo": [], "redo": []}');
const keep = (known) => sessionStorage.setItem(store(), JSON.stringify(known));

function showWays() {
  for (const name of ["undo", "redo"]) {
    const button = document.getElementById(name);
    if (button) button.disabled = !ways()[name].length;
  }
}

function travel(from, to) {
  const known = ways();
  const way = known[from].pop();
  if (!way) return;
  keep(known);
  send(`${main().dataset.here}/choose`, new URLSearchParams(way), (back) => {
    const after = ways();
    after[to].push(back);
    keep(after);
  });
}

// One request after the other, in the order of the choices.

function send(address, body, done) {
  waiting = waiting.then(async () => {
    const place = whereAmI();
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-By-Script": "1" } });
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("main");
      if (!fresh) throw new Error(text.slice(0, 200));
      swap(fresh, place);
      if (answer.ok && fresh.dataset.back && done) done(JSON.parse(fresh.dataset.back));
    } catch (error) {
      spoken.textContent = `Nothing was changed: ${error.message}`;
      spoken.className = "error";
    }
    showWays();
  });
  return waiting;
}

function whereAmI() {
  const active = document.activeElement;
  const scrolls = [...document.querySelectorAll(".pane")].map((pane) => [pane.id, pane.scrollTop]);
  return {
    scrolls,
    shown: document.querySelector(".panes")?.dataset.shown,
    id: active?.id,
    pane: active?.closest(".pane")?.id,
    line: active?.closest("[data-names]")?.dataset.names,
    sign: active?.classList.contains("mark") ? active.matches(":first-child") : null,
    index: active?.closest(".pane") ? marks(active.closest(".pane")).indexOf(active) : -1,
  };
}

const marks = (pane) => [...pane.querySelectorAll(".mark")];

function swap(fresh, place) {
  const sheet = fresh.dataset.sheet;
  const style = document.getElementById("sheet-style");
  if (sheet && style && style.getAttribute("href") !== sheet) style.href = sheet;
  main().replaceWith(fresh);
  if (place.shown) show(place.shown);
  for (const [id, top] of place.scrolls) {
    const pane = document.getElementById(id);
    if (pane) pane.scrollTop = top;
  }
  // The same button of the same line; where the line went to the other side, the next one there.
  const lines = [...document.querySelectorAll(`#${place.pane || "none"} [data-names]`)];
  const line = lines.find((one) => place.line && one.dataset.names.split(" ").some((id) => place.line.split(" ").includes(id)));
  const own = line && place.sign !== null && [...line.querySelectorAll(".mark")].find((one) => one.matches(":first-child") === place.sign);
  const pane = document.getElementById(place.pane);
  const next = pane && place.index >= 0 && marks(pane)[Math.min(place.index, marks(pane).length - 1)];
  (own || next || (place.id && document.getElementById(place.id)) || main()).focus({ preventScroll: true });
  const told = document.getElementById("told");
  const error = fresh.querySelector(".error");
  spoken.className = "unseen";
  spoken.textContent = (error || told)?.textContent.replace(/\s+/g, " ") || "";
}

function choose(wish, ids) {
  send(`${main().dataset.here}/choose`, new URLSearchParams({ [wish]: ids }), remember);
}

function remember(back) {
  const known = ways();
  keep({ undo: [...known.undo, back].slice(-200), redo: [] });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("swap" in form.dataset)) return;
  event.preventDefault();
  // As text, since these forms hold no files.
  send(form.action, new URLSearchParams(new FormData(form, event.submitter)), remember);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-now]");
  const { name, type, checked, value } = event.target;
  if (form) send(form.action, new URLSearchParams({ [name]: type === "checkbox" && !checked ? "" : value }), remember);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "undo") travel("undo", "redo");
  if (button.id === "redo") travel("redo", "undo");
  if (button.dataset.pane) show(button.dataset.pane);
  if (button.dataset.lines) light(button);
});

function show(name) {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  panes.dataset.shown = name;
  for (const tab of document.querySelectorAll("[data-pane]")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === name));
}

// Light up the lines that show what is asked, on the page and in the reserve.

function light(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  for (const one of document.querySelectorAll(".say")) one.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(on));
  const ids = new Set(on ? button.dataset.lines.split(" ") : []);
  const hits = [];
  for (const line of document.querySelectorAll("[data-names]")) {
    const hit = [line.dataset.id, ...line.dataset.names.split(" ")].some((id) => ids.has(id));
    line.classList.toggle("hit", hit);
    if (hit) hits.push(line);
  }
  hits[0]?.scrollIntoView({ block: "nearest" });
  spoken.textContent = on ? `${hits.length} lines show it` : "";
}

// Keys: P keeps or puts on the page, D leaves out, arrows go from line to line, U and R go back and forth.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.target.matches("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  const modified = event.ctrlKey || event.metaKey;
  if (modified && key === "z") { event.preventDefault(); (event.shiftKey ? travel("redo", "undo") : travel("undo", "redo")); return; }
  if (modified || !main().dataset.here) return;
  const line = event.target.closest("[data-names]");
  if (key === "u") travel("undo", "redo");
  else if (key === "r") travel("redo", "undo");
  else if (key === "p" && line) line.querySelector("[name=pin], [name=free]")?.click();
  else if (key === "d" && line) line.querySelector("[name=drop]")?.click();
  else if (key === "arrowdown" || key === "arrowup") step(event, key === "arrowdown" ? 1 : -1);
  else return;
});

function step(event, by) {
  const pane = event.target.closest(".pane");
  const lines = pane ? [...pane.querySelectorAll(".line")].filter((one) => one.querySelector(".mark")) : [];
  if (!lines.length || !event.target.matches(".mark")) return;
  event.preventDefault();
  const at = lines.indexOf(event.target.closest(".line"));
  lines[Math.max(0, Math.min(lines.length - 1, at + by))].querySelector(".mark").focus();
}

// Dragging: a line to the other side, a file into its field.

document.addEventListener("dragstart", (event) => {
  const line = event.target.closest?.("[data-id]");
  if (!line) return;
  const from = line.closest(".pane").id;
  event.dataTransfer.setData("application/x-line", JSON.stringify({ from, id: line.dataset.id }));
  event.dataTransfer.effectAllowed = "move";
});

const zone = (event) => event.target.closest?.("[data-take], [data-drop]");

document.addEventListener("dragover", (event) => {
  const over = zone(event);
  if (over) { event.preventDefault(); over.classList.add("over"); }
});
document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over"));
document.addEventListener("drop", (event) => {
  const over = zone(event);
  if (!over) return;
  over.classList.remove("over");
  const line = event.dataTransfer.getData("application/x-line");
  if (line && over.dataset.take) {
    event.preventDefault();
    const { from, id } = JSON.parse(line);
    if (from !== over.id) choose(over.dataset.take, id);
  } else if (event.dataTransfer.files.length && "drop" in over.dataset && !event.target.matches("input")) {
    event.preventDefault();
    const field = over.querySelector("input[type=file]");
    field.files = event.dataTransfer.files;
  }
});

// Another window may have chosen something.

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && main().dataset.here && !document.querySelector("textarea:focus")) send(main().dataset.here);
});
showWays();
