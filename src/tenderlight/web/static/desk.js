// Convenience only: every page works without this file.
"use strict";

// On a notice: a value under the pointer or the focus lights its passage, and the other way round;
// j and k step through the values. Without this script the same links lead there as #anchors.
const values = [...document.querySelectorAll(".to-passage[data-value]")];
const marks = [...document.querySelectorAll("a.mark[data-for]")];
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function marksOf(id) {
  return marks.filter((mark) => mark.dataset.for.split(" ").includes(id));
}

function light(id, on) {
  for (const mark of marksOf(id)) mark.classList.toggle("lit", on);
  document.getElementById("value-" + id)?.classList.toggle("lit", on);
}

function bringIntoView(id) {
  const [first] = marksOf(id);
  first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

for (const value of values) {
  const id = value.dataset.value;
  value.addEventListener("pointerenter", () => light(id, true));
  value.addEventListener("pointerleave", () => light(id, value === document.activeElement));
  value.addEventListener("focus", () => {
    light(id, true);
    if (value.matches(":focus-visible") && innerWidth > 832) bringIntoView(id);
  });
  value.addEventListener("blur", () => light(id, false));
}

for (const mark of marks) {
  const ids = mark.dataset.for.split(" ");
  mark.addEventListener("pointerenter", () => ids.forEach((id) => light(id, true)));
  mark.addEventListener("pointerleave", () => ids.forEach((id) => light(id, false)));
}

function step(by) {
  const at = values.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : values.length - 1) : at + by;
  values[Math.min(Math.max(next, 0), values.length - 1)]?.focus({ focusVisible: true });
}

if (values.length) {
  for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
}

// On a phone the facets of a search start folded.
if (innerWidth < 832) document.querySelector("details.fold")?.removeAttribute("open");

// A citation is copied whole; without this script the same text is there to be marked.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(text.textContent);
    if (!done) getSelection().selectAllChildren(text);
    told.textContent = done ? told.dataset.done : told.dataset.failed;
  });
}
