// Behind one number: the notices that add up to it. #FIGURE/KEY, or #FIGURE/KEY/PAGE.
"use strict";

const PAGE = 50;
const CHUNK = 1000;
const WHOLE = 0;

// The notices that a line of the coverage counts, by number: passed over, following, and so on.
async function countedOf(told) {
  const held = Array.isArray(told) ? told : await piece(`proofs.${told}`);
  const numbers = [];
  let at = 0;
  for (let place = 0; place < held.length; place += 2) {
    at += held[place];
    for (const end = at + held[place + 1]; at < end; at += 1) numbers.push(at);
  }
  return numbers;
}

const wholeOf = async (number) => ({ number, head: await headOf(number), start: null });

async function proofsOf(slug, which) {
  const chunks = await Promise.all(which.map((number) => piece(`proofs.${slug}.${Math.floor(number / CHUNK)}`)));
  return Promise.all(
    chunks.map(async (chunk, place) => {
      const [at, part, page, start, end, text, context] = chunk[which[place] % CHUNK];
      const own = typeof at === "number";
      const head = own ? await headOf(at) : { title: at };
      return { number: own ? at : null, head, part, page, start, end, text, context };
    }),
  );
}

function sentence(proof) {
  if (!proof.text) return [make("span", { lang: WORDS.lang }, say("whole_document"))];
  const [before, after] = around(proof);
  return [before, make("mark", {}, proof.text), after];
}

function around({ text, context }) {
  const at = context ? context.indexOf(text) : -1;
  return at < 0 ? ["", ""] : [context.slice(0, at), context.slice(at + text.length)];
}

function rowOf(proof, value, yuan, index) {
  const { head } = proof;
  const inText = proof.start !== null && proof.part !== "manifest";
  const id = proof.number === null ? null : index.ids[proof.number];
  const href = id && (inText ? noticeHref(id, proof.start, proof.end) : noticeHref(id));
  return make(
    "tr",
    {},
    make("td", { class: "date" }, make("time", {}, head.published || say("no_date"))),
    make(
      "th",
      { scope: "row" },
      href ? make("a", { href, lang: "zh" }, head.title) : make("bdi", { lang: "zh" }, head.title),
      head.buyer ? make("span", { class: "more-text", lang: "zh" }, head.buyer) : null,
    ),
    make(
      "td",
      { class: "quote", lang: "zh" },
      ...sentence(proof),
      proof.page ? make("span", { class: "note", lang: WORDS.lang }, ` ${say("page_n", { n: proof.page })}`) : null,
    ),
    make("td", { class: "amount" }, amount(value, yuan)),
  );
}

function tableOf(rows) {
  const heads = ["published", "notice", "sentence", "adds"].map((key) =>
    make("th", { scope: "col", class: key === "adds" ? "amount" : null }, say(key)),
  );
  return make(
    "table",
    { class: "proofs" },
    make("caption", { class: "unseen" }, document.getElementById("title").textContent),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
}

function headline(slug, [row, column, yuan, total]) {
  const second = WORDS.lang === "zh" ? 1 : 0;
  const figure = WORDS.figures.find((each) => each[WHOLE] === slug);
  document
    .getElementById("kicker")
    .replaceChildren(make("a", { href: local(`figure-${slug}.html`) }, figure[1]));
  const names = [row[second], column[second]].filter(Boolean).join(" · ");
  document.getElementById("title").textContent = `${names ? `${names}: ` : ""}${amount(total, yuan)}`;
  document.title = `${names} · ${WORDS.title}`;
}

// The number itself as something to cite, with its row and its column, in this edition.
function citeNumber(slug, key, [row, column, yuan, total]) {
  const second = WORDS.lang === "zh" ? 1 : 0;
  const names = [row[second], column[second]].filter(Boolean).join(", ");
  const source = {
    kind: "figure",
    id: `${slug}-${key}`,
    title: WORDS.figures.find((each) => each[WHOLE] === slug)[1],
    link: `site/${WORDS.lang}/rows.html#${slug}/${encodeURIComponent(key)}`,
    container: WORDS.title,
    issued: WORDS.as_of,
    edition: EDITION_ID,
    number: `${names ? `${names}: ` : ""}${yuan ? "CNY " : ""}${amount(total)}`,
    language: WORDS.lang,
  };
  const box = document.querySelector(".cite-number");
  box.replaceChildren(citeBox(source));
  box.closest("section").hidden = false;
}

async function drawRows(still) {
  const [slug, key, asked] = askedParts();
  const standfirst = document.getElementById("standfirst");
  const known = WORDS.figures.some((each) => each[WHOLE] === slug);
  const told = known ? (await piece(`proofs.${slug}.keys`))[key] : null;
  if (!told) throw new Error(say("no_number"));
  const [, , yuan, , values, passages, counted] = told;
  const which = counted ? await countedOf(counted) : passages;
  const of = Math.max(1, Math.ceil(which.length / PAGE));
  const page = Math.min(Math.max(Number.parseInt(asked, 10) || 1, 1), of);
  const from = (page - 1) * PAGE;
  const shown = which.slice(from, from + PAGE);
  const opening = counted ? Promise.all(shown.map(wholeOf)) : proofsOf(slug, shown);
  const [index, proofs] = await Promise.all([piece("index"), opening]);
  if (!still()) return;
  headline(slug, told);
  citeNumber(slug, key, told);
  standfirst.textContent = say("notices_n", { n: amount(which.length) });
  const rows = proofs.map((proof, place) => rowOf(proof, values ? values[from + place] : 1, yuan, index));
  document.getElementById("proofs").replaceChildren(tableOf(rows));
  const href = (to) => `#${slug}/${encodeURIComponent(key)}/${to}`;
  document.getElementById("pager").replaceChildren(pager(page, of, href));
}

drawing(drawRows, () => document.getElementById("standfirst"));
