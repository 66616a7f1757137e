// Choosing a requirement shows the lines that answer it; choosing a line, what it answers.
// All words stand in the page already: this marks, scrolls and copies, and makes up no text.
"use strict";

(() => {
  const root = document.documentElement;
  const main = document.querySelector("main");
  const about = document.getElementById("about");
  const clearing = document.getElementById("clear");
  const spoken = document.getElementById("spoken");
  const onlyKept = document.getElementById("only-kept");
  const panel = document.getElementById("told");
  const hint = about.firstElementChild;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let chosen = "";

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const named = (id) => (id ? document.getElementById(id) : null);
  const buttonOf = (id) => document.querySelector(`button[data-pick="${CSS.escape(id)}"]`);

  function showPart(name) {
    main.dataset.shown = name;
    for (const button of all("[data-shows]")) {
      button.setAttribute("aria-pressed", String(button.dataset.shows === name));
    }
  }

  function scrollTo(target) {
    if (target.closest(".left") && onlyKept && onlyKept.checked) onlyKept.checked = false;
    target.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }

  // A link leads to its place also where that is in the part that is not shown.
  function follow(target) {
    showPart(target.closest(".pane").id);
    for (const element of all(".here")) element.classList.remove("here");
    target.classList.add("here");
    scrollTo(target);
    target.focus({ preventScroll: true });
  }

  function unmark() {
    for (const element of all(".hit, .chosen, .here, .word.on", main)) {
      element.classList.remove("hit", "chosen", "here", "on");
    }
    for (const button of all('button[data-pick][aria-pressed="true"]')) {
      button.setAttribute("aria-pressed", "false");
    }
  }

  function clear() {
    const button = buttonOf(chosen);
    // What is about to go, the button to clear or a link of the panel, must not take the focus along.
    const lost = panel.contains(document.activeElement) || document.activeElement === document.body;
    unmark();
    chosen = "";
    about.replaceChildren(hint);
    panel.classList.remove("open");
    clearing.hidden = true;
    spoken.textContent = "";
    if (button && lost) button.focus({ preventScroll: true });
  }

  function markWords(within, number) {
    for (const word of all(".word", within)) {
      if (!number || word.dataset.asks.split(" ").includes(number)) word.classList.add("on");
    }
  }

  function choose(id) {
    if (id === chosen) {
      clear();
      return;
    }
    unmark();
    chosen = id;
    const button = buttonOf(id);
    button.setAttribute("aria-pressed", "true");
    named(id).classList.add("chosen");
    if (id.startsWith("ask-")) {
      const number = id.slice("ask-".length);
      for (const line of all(`:is(.line, .head)[data-asks~="${number}"]`, main)) {
        line.classList.add("hit");
        markWords(line, number);
      }
    } else {
      for (const number of named(id).dataset.asks.split(" ")) {
        const ask = named(`ask-${number}`);
        if (ask) ask.classList.add("hit");
      }
      markWords(named(id), "");
    }
    const told = named(`about-${id}`);
    about.replaceChildren(told.content.cloneNode(true));
    panel.scrollTop = 0;
    panel.classList.add("open");
    spoken.textContent = told.dataset.spoken;
    clearing.hidden = false;
    const first = named(button.dataset.first);
    // The panel that opened must not hide what was chosen.
    if (sideBySide()) named(id).scrollIntoView({ block: "nearest" });
    // In a small window the other part is not there to be scrolled; the panel leads to it.
    if (first && sideBySide()) scrollTo(first);
  }

  function sideBySide() {
    const [posting, cv] = all(".pane").map((pane) => pane.getBoundingClientRect());
    return cv.left >= posting.right;
  }

  // Arrow keys lead from one to the next in the same part.
  function step(button, by) {
    const pane = button.closest(".pane");
    const buttons = all("button[data-pick]", pane).filter((one) => one.getClientRects().length);
    const next = buttons[buttons.indexOf(button) + by];
    if (next) next.focus();
  }

  // Where the clipboard is not to be had, the browser's old command copies what is selected.
  async function copy(button) {
    const words = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = document.createElement("textarea");
      field.value = words;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.classList.add("copied");
    spoken.textContent = `Copied: ${words}`;
  }

  root.classList.add("scripted");
  for (const button of all("button[data-pick]")) button.disabled = false;

  // report.html#ask-4 opens with what answers the fourth requirement.
  function chooseByAddress() {
    const id = window.location.hash.slice(1);
    if (id && buttonOf(id)) choose(id);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const target = named(link.getAttribute("href").slice(1));
      if (target && target.closest(".pane")) {
        event.preventDefault();
        follow(target);
      }
      return;
    }
    const part = event.target.closest("[data-shows]");
    if (part) {
      showPart(part.dataset.shows);
      return;
    }
    const copied = event.target.closest("[data-copy]");
    if (copied) {
      copy(copied);
      return;
    }
    if (event.target.closest("#clear")) {
      clear();
      return;
    }
    const pick = event.target.closest("[data-pick]");
    if (!pick || !pick.dataset.pick || event.target.closest("code, label")) return;
    // Words that somebody marks with the mouse are to be copied, not chosen.
    if (pick.tagName !== "BUTTON" && !window.getSelection().isCollapsed) return;
    choose(pick.dataset.pick);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen) clear();
    const button = event.target.closest ? event.target.closest("button[data-pick]") : null;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (button && by && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      step(button, by);
    }
  });
  window.addEventListener("load", chooseByAddress);
})();
