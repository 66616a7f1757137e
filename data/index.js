// Sorts by a column, shows the rows that hold what is looked for, and collects the statuses that
// are chosen, as lines for the file in which they are kept.
"use strict";

(() => {
  const body = document.getElementById("rows");
  const find = document.getElementById("find");
  const status = document.getElementById("status");
  const shown = document.getElementById("shown");
  const none = document.querySelector(".nothing-found");
  const rest = document.querySelector(".rest");
  const table = body.closest("table");
  const heads = [...table.querySelectorAll("th")];
  const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Figures are sorted by; a number that is looked for is one in a name.
  const found = ".posting, .company, .place, .cv, .own";
  const valueOf = (cell) => cell.dataset.value ?? (cell.querySelector("b") ?? cell).textContent;
  const read = (row) => ({
    row,
    status: row.dataset.status,
    text: plain(
      [...row.querySelectorAll(found)]
        .map((cell) => cell.dataset.value ?? cell.textContent)
        .join(" ") +
        ` ${row.dataset.source}`,
    ),
    values: [...row.cells].map(valueOf),
  });
  let rows = [...body.rows].map(read);
  let most = Number(body.dataset.most);

  // What there is nothing of comes last, whichever way the others go.
  function order(column, kind, sign) {
    const number = kind === "number";
    const isEmpty = (value) => (number ? Number(value) < 0 : value === "");
    rows.sort((one, other) => {
      const [a, b] = [one.values[column], other.values[column]];
      if (isEmpty(a) || isEmpty(b)) return isEmpty(a) - isEmpty(b);
      return sign * (number ? Number(a) - Number(b) : compare(a, b));
    });
    body.append(...rows.map((one) => one.row));
    filter();
  }

  function sort(head) {
    const kind = head.dataset.sort;
    const first = kind === "number" ? "descending" : "ascending";
    const second = kind === "number" ? "ascending" : "descending";
    const way = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way);
    order(heads.indexOf(head), kind, way === "ascending" ? 1 : -1);
  }

  // Of those that hold the words, the first are shown until all are asked for.
  function filter() {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    const wanted = status ? status.value : "";
    let count = 0;
    for (const one of rows) {
      const hit =
        (!wanted || one.status === wanted) && words.every((word) => one.text.includes(word));
      count += hit;
      one.row.hidden = !hit || count > most;
    }
    const [few, of] = count > most ? [most, count] : [count, rows.length];
    const figures = (few === of ? [few] : [few, of]).map((one) => one.toLocaleString("en"));
    shown.textContent = `${figures.join(" of ")} shown`;
    rest.hidden = count <= most;
    none.hidden = count > 0 || rows.length === 0;
    table.hidden = !none.hidden;
  }

  function clear() {
    find.value = "";
    if (status) status.value = "";
    filter();
    find.focus();
  }

  // One's own status: a button in each row, and a list to choose from in the one that is clicked.
  const keep = document.querySelector(".keep");
  const lines = document.getElementById("lines");
  const copied = document.getElementById("copied");
  const chosen = new Map();
  const usual = keep.dataset.words.split(" ");

  function label(cell) {
    const button = document.createElement("button");
    button.type = "button";
    cell.dataset.value ??= cell.textContent;
    button.textContent = cell.dataset.value || "set";
    button.classList.toggle("unset", !cell.dataset.value);
    const title = cell.closest("tr").querySelector("b").textContent;
    button.setAttribute("aria-label", `${button.textContent}: your status for ${title}`);
    cell.replaceChildren(button);
    return button;
  }

  function offer(cell) {
    const list = document.createElement("select");
    list.setAttribute("aria-label", "Your status");
    const now = cell.dataset.value;
    for (const word of new Set(["", ...usual, now])) list.add(new Option(word || "none", word));
    list.value = now;
    let isDone = false;
    const close = (takesFocus) => {
      if (isDone) return;
      isDone = true;
      cell.dataset.value = list.value;
      const button = label(cell);
      if (list.value !== now) note(cell);
      if (takesFocus) button.focus();
    };
    list.addEventListener("change", () => close(true));
    list.addEventListener("blur", () => close(false));
    list.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
    cell.replaceChildren(list);
    list.focus();
    try {
      list.showPicker();
    } catch {
      // Older browsers open it by a click or a key.
    }
  }

  function note(cell) {
    chosen.set(cell.dataset.name, cell.dataset.value);
    const row = cell.closest("tr");
    rows = rows.map((one) => (one.row === row ? read(row) : one));
    lines.value = [...chosen].map(([name, said]) => `${name} = ${said}\n`).join("");
    copied.textContent = "";
    keep.hidden = false;
  }

  // Where the clipboard is not to be had, the browser's old command copies what is selected.
  async function copy() {
    try {
      await navigator.clipboard.writeText(lines.value);
    } catch {
      lines.select();
      document.execCommand("copy");
    }
    copied.textContent = "copied";
  }

  for (const cell of body.querySelectorAll(".own")) label(cell);
  body.addEventListener("click", (event) => {
    const button = event.target.closest(".own button");
    if (button) offer(button.parentElement);
  });
  document.getElementById("copy").addEventListener("click", copy);

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }
  find.addEventListener("input", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  if (status) status.addEventListener("change", filter);
  document.getElementById("all").addEventListener("click", clear);
  document.getElementById("more").addEventListener("click", () => {
    most = Infinity;
    filter();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === find) clear();
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      find.focus();
    }
  });
  document.documentElement.classList.add("scripted");
  // A browser may remember what was typed before the page was loaded anew.
  filter();
})();
