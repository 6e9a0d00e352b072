// Searches the text of the cited notices: exactly what a scan of all of it would find.
// Pairs of neighbouring characters say in which pieces a word can stand; those are scanned.
"use strict";

const SHOWN = 20;
const BUCKETS = 64;
const AROUND = 40;
const LONGEST = 400;
const AHEAD = 4;

// As the desk folds: width, case and kinds of space, character by character, so that places stay.
const folds = new Map();
let folded = null;
function learnFolds(told) {
  for (let at = 0; at < told.length; at += 2) folds.set(told[at], told[at + 1]);
  const escaped = [...folds.keys()].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  folded = new RegExp(`[${escaped.join("")}]`, "g");
}

const fold = (text) => text.replace(folded, (char) => folds.get(char));

// Words apart by spaces must all occur; "a phrase" holds its spaces; -word must not occur.
function questionOf(query) {
  const wanted = [];
  const unwanted = [];
  for (const match of fold(query).replaceAll("\n", " ").matchAll(/(-)?(?:"([^"]*)"|(\S+))/g)) {
    const text = match[2] ?? match[3];
    if (text) (match[1] ? unwanted : wanted).push(text);
  }
  return { wanted, unwanted };
}

function pairsOf(text) {
  const pairs = new Set();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (!/[\ud800-\udfff]/.test(pair)) pairs.add(pair);
  }
  return [...pairs];
}

async function holding(pair) {
  const bucket = (pair.charCodeAt(0) * 31 + pair.charCodeAt(1)) % BUCKETS;
  const steps = (await piece(`pairs-${bucket}`))[pair] ?? [];
  let at = 0;
  return new Set(steps.map((step) => (at += step)));
}

// The pieces in which every pair of every wanted word occurs, newest first.
async function candidates(question, index) {
  const sets = await Promise.all(question.wanted.flatMap(pairsOf).map(holding));
  return index.starts.map((_, number) => number).filter((number) => sets.every((set) => set.has(number)));
}

function matches(text, question) {
  return (
    question.wanted.every((word) => text.includes(word)) &&
    !question.unwanted.some((word) => text.includes(word))
  );
}

const charactersOf = (text, ...places) => places.map((at) => Array.from(text.slice(0, at)).length);

function entryOf(id, head, text, folded, question) {
  const places = question.wanted.slice(0, 2).map((word) => [folded.indexOf(word), word.length]);
  const quotes = places.map(([at, long]) =>
    make(
      "p",
      { class: "snippet", lang: "zh" },
      `…${text.slice(Math.max(0, at - AROUND), at)}`,
      make("a", { href: noticeHref(id, ...charactersOf(text, at, at + long)) }, make("mark", { class: "hit" }, text.slice(at, at + long))),
      `${text.slice(at + long, at + long + AROUND)}…`,
    ),
  );
  return make(
    "article",
    { class: "entry" },
    make("p", { class: "dateline" }, make("time", {}, head.published || say("no_date"))),
    make("h2", { class: "headline" }, make("a", { href: noticeHref(id), lang: "zh" }, head.title)),
    head.buyer ? make("p", { class: "buyer", lang: "zh" }, head.buyer) : null,
    ...quotes,
  );
}

const found = document.getElementById("found");
const further = document.getElementById("further");
further.firstElementChild.textContent = say("show_more");

// What is searched now: entries that wait to be shown stay waiting until somebody asks for more.
let shown = 0;
let more = () => {};
further.firstElementChild.addEventListener("click", () => more());

async function drawSearch(still) {
  const query = askedParts().join("/");
  const told = document.getElementById("told");
  document.getElementById("find").value = query;
  if (query.length > LONGEST) throw new Error(say("too_long"));
  const index = await piece("index");
  if (!folds.size) learnFolds(index.folds);
  const question = questionOf(query);
  const pieces = await candidates(question, index);
  if (!still()) return;
  found.replaceChildren();
  const hits = [];
  shown = 0;
  let most = SHOWN;
  const show = async () => {
    while (still() && shown < Math.min(most, hits.length)) {
      const [number, local] = hits[shown];
      shown += 1;
      const notice = (await piece(`notices-${number}`))[local];
      const at = index.starts[number] + local;
      const entry = entryOf(index.ids[at], await headOf(at), notice.text, fold(notice.text), question);
      if (still()) found.append(entry);
    }
    if (still()) further.hidden = shown >= hits.length;
  };
  more = () => {
    most += SHOWN;
    return show();
  };
  for (const [place, number] of pieces.entries()) {
    for (const next of pieces.slice(place + 1, place + 1 + AHEAD)) piece(`notices-${next}`).catch(() => {});
    const notices = await piece(`notices-${number}`);
    if (!still()) return;
    notices.forEach((notice, local) => {
      if (matches(fold(notice.text), question)) hits.push([number, local]);
    });
    told.textContent = say("searching", { n: amount(hits.length) });
    await show();
  }
  if (!still()) return;
  const asked = question.wanted.length + question.unwanted.length > 0;
  const key = !asked ? "found_all" : hits.length ? "found_n" : "found_none";
  told.textContent = say(key, { n: amount(hits.length) });
  told.dataset.done = query;
}

drawing(drawSearch, () => document.getElementById("told"));
