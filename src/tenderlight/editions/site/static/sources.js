// Numbers the sources of a figure for print: [1] behind each number, and the list below.
"use strict";

const CHUNK = 1000;

function ranges(numbers) {
  const told = [];
  let from = null;
  numbers.forEach((number, place) => {
    from ??= number;
    if (numbers[place + 1] === number + 1) return;
    told.push(from === number ? `${number}` : `${from}–${number}`);
    from = null;
  });
  return `[${told.join(", ")}]`;
}

function sourceOf(head, id, passage, number) {
  const what = [head.buyer, head.published].filter(Boolean).join(", ");
  return make(
    "li",
    { id: `source-${number}` },
    make("a", { href: noticeHref(id), lang: "zh" }, head.title),
    make("span", { lang: "zh" }, what ? ` ${what}.` : ""),
    passage ? make("q", { lang: "zh" }, passage) : null,
    head.captured ? make("span", { class: "note" }, ` ${say("captured")}: ${head.captured}.`) : null,
    head.sha256 ? make("span", { class: "code digest" }, ` SHA-256 ${head.sha256}`) : null,
  );
}

function keyOf(link) {
  const parts = link.hash.slice(1).split("/").map(decodeURIComponent);
  return link.pathname.endsWith("/rows.html") ? parts[1] : null;
}

async function numberSources(slug) {
  const [keys, index] = await Promise.all([piece(`proofs.${slug}.keys`), piece("index")]);
  const numbers = new Map();
  const passages = new Map();
  for (const link of document.querySelectorAll(".figure-table td a, .figure-table th a")) {
    const told = keys[keyOf(link)];
    if (!told || link.nextElementSibling?.matches(".ref")) continue;
    const behind = [];
    for (const which of told[5] ?? []) {
      const [at, , , , , text] = (await piece(`proofs.${slug}.${Math.floor(which / CHUNK)}`))[which % CHUNK];
      if (typeof at !== "number") continue;
      if (!numbers.has(at)) numbers.set(at, numbers.size + 1);
      if (text && !passages.has(at)) passages.set(at, text);
      behind.push(numbers.get(at));
    }
    const each = [...new Set(behind)].sort((a, b) => a - b);
    if (each.length) link.after(make("span", { class: "ref" }, ranges(each)));
  }
  const list = document.querySelector("ol.sources");
  for (const [at, number] of numbers) {
    list.append(sourceOf(await headOf(at), index.ids[at], passages.get(at), number));
  }
  return numbers.size;
}

const way = document.querySelector(".sources-way");
const [button, told] = way.children;
way.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  told.textContent = say("numbering");
  try {
    const n = await numberSources(button.dataset.sources);
    document.getElementById("sources").hidden = false;
    told.textContent = say("sources_n", { n: amount(n) });
    told.dataset.done = n;
  } catch (error) {
    told.textContent = error.message;
    button.disabled = false;
  }
});
