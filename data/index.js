// Sorts by a column and shows the rows that hold what is looked for. It moves and hides rows and
// makes up no text but the number of those shown.
"use strict";

(() => {
  const body = document.getElementById("rows");
  const find = document.getElementById("find");
  const status = document.getElementById("status");
  const shown = document.getElementById("shown");
  const none = document.querySelector(".nothing-found");
  const table = body.closest("table");
  const heads = [...table.querySelectorAll("th")];
  const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Figures are sorted by; a number that is looked for is one in a name.
  const found = ".posting, .company, .place, .cv, .status";
  const rows = [...body.rows].map((row) => ({
    row,
    status: row.dataset.status,
    text: plain(
      [...row.querySelectorAll(found)].map((cell) => cell.textContent).join(" ") +
        ` ${row.dataset.source}`,
    ),
    values: [...row.cells].map((cell) => cell.dataset.value),
  }));

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

  function filter() {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    const wanted = status ? status.value : "";
    let count = 0;
    for (const one of rows) {
      const hit =
        (!wanted || one.status === wanted) && words.every((word) => one.text.includes(word));
      one.row.hidden = !hit;
      count += hit;
    }
    shown.textContent =
      count === rows.length
        ? `${count.toLocaleString("en")} shown`
        : `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown`;
    none.hidden = count > 0 || rows.length === 0;
    table.hidden = !none.hidden;
  }

  function clear() {
    find.value = "";
    if (status) status.value = "";
    filter();
    find.focus();
  }

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
