// Writes citations out of the same lists as the command line (WORDS.forms).
"use strict";

const FORMS = ["text", "bibtex", "csl", "ris"];
const FORMS_OF = WORDS.forms;

function dayOf(stated) {
  return /^\d{4}(-\d\d(-\d\d)?)?/.exec(stated || "")?.[0] || "";
}

function fieldsOf(source) {
  const unseen = new RegExp(FORMS_OF.unseen, "g");
  const told = {};
  for (const [name, value] of Object.entries(source)) {
    if (value) told[name] = String(value).replace(unseen, " ").split(/\s+/).filter(Boolean).join(" ");
  }
  const parts = [source.id, source.place, source.edition].filter(Boolean).join("-");
  told.key = `tenderlight-${parts.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "")}`;
  told.issued = dayOf(told.issued);
  told.year = told.issued.slice(0, 4);
  told.day = dayOf(told.accessed);
  told.marker = source.kind === "figure" ? "DS/OL" : "EB/OL";
  told.note = partsOf(FORMS_OF.note, told).join("").replace(/; $/, "").trim();
  return told;
}

function partsOf(parts, told) {
  return parts.filter(([name]) => told[name]).map(([name, form]) => form.replace("{}", () => told[name]));
}

function citation(source, form) {
  const told = fieldsOf(source);
  const kind = FORMS_OF.types[form]?.[Number(source.kind === "figure")];
  if (form === "text") return partsOf(FORMS_OF.text, told).join("").trim();
  if (form === "ris") return [`TY  - ${kind}`, ...partsOf(FORMS_OF.ris, told), "ER  - ", ""].join("\n");
  if (form === "csl") return `${JSON.stringify([cslOf(told, kind)], null, 2)}\n`;
  const escaped = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, texOf(name, value)]));
  return `@${kind}{${told.key},\n  ${partsOf(FORMS_OF.bibtex, escaped).join(",\n  ")}\n}\n`;
}

function texOf(name, value) {
  const table = name === "url" ? FORMS_OF.address : FORMS_OF.tex;
  return Array.from(value, (char) => table[char] ?? char).join("");
}

function cslOf(told, kind) {
  const record = { type: kind };
  for (const [name, to] of FORMS_OF.csl) if (told[name]) record[to] = told[name];
  if (told.author) record.author = [{ literal: told.author }];
  for (const [name, to] of [["issued", "issued"], ["day", "accessed"]]) {
    if (told[name]) record[to] = { "date-parts": [told[name].split("-").map(Number)] };
  }
  return record;
}

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) {
      told.textContent = say("not_copied");
      return;
    }
  }
  told.textContent = say("copied");
}

// The citation as text, and a button for each form.
function citeBox(source) {
  const told = make("span", { role: "status", class: "note" });
  const buttons = FORMS.map((form) => {
    const button = make("button", { type: "button", "data-form": form }, say(`copy_${form}`));
    button.addEventListener("click", () => copy(citation(source, form), told));
    return button;
  });
  return make(
    "div",
    { class: "cite-box" },
    make("p", { class: "citation" }, citation(source, "text")),
    make("p", { class: "ways" }, ...buttons, told),
  );
}
