// Opens the pieces of the edition's data. A page from a folder may fetch nothing, so each piece is
// a script beside it that hands over one packed text; nothing of a document is ever run.
"use strict";

const UP = document.body.dataset.up;
const waiting = new Map();
const opened = new Map();

globalThis.keep = (name, packed) => waiting.get(name)?.(packed);

function script(name) {
  return new Promise((resolve, reject) => {
    const damaged = () => reject(new Error(say("damaged", { name: `site/data/${name}.js` })));
    waiting.set(name, resolve);
    const element = document.createElement("script");
    element.src = `${UP}site/data/${name}.js`;
    element.onerror = damaged;
    element.onload = () => {
      waiting.delete(name);
      element.remove();
      damaged(); // changes nothing where the piece was handed over
    };
    document.head.append(element);
  });
}

async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// A piece by its name, opened once.
function piece(name) {
  if (!opened.has(name)) opened.set(name, script(name).then(unpack));
  return opened.get(name);
}

function say(key, told = {}) {
  return WORDS.say[key].replace(/\{(\w+)\}/g, (_, name) => told[name]);
}

// Places in a text are counted in characters, and a rare Han character is two units of a script's
// text: where there is one, the text is cut as a list of characters.
const lists = new Map();
function slice(text, start, end) {
  if (!/[\ud800-\udfff]/.test(text)) return text.slice(start, end);
  if (!lists.has(text)) lists.clear();
  const list = lists.get(text) ?? lists.set(text, Array.from(text)).get(text);
  return list.slice(start, end).join("");
}

const HEADS = 1000;

// Title, buyer, day, digest, captured, address, language of a notice, by its number.
async function headOf(number) {
  const [title, buyer, published, sha256, captured, url, language] = (
    await piece(`heads-${Math.floor(number / HEADS)}`)
  )[number % HEADS];
  return { title, buyer, published, sha256, captured, url, language };
}

// In which piece a notice is, and where there.
function pieceOf(index, number) {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (index.starts[middle] <= number) low = middle;
    else high = middle - 1;
  }
  return [low, number - index.starts[low]];
}

// An element with its attributes and what stands in it. Text is only ever text.
function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((each) => each !== undefined && each !== null));
  return element;
}

const local = (name) => `${UP}site/${WORDS.lang}/${name}`;

function noticeHref(id, start, end) {
  const at = start === null || start === undefined ? "" : `@${start}-${end}`;
  return `${local("notice.html")}#${id}${at}`;
}

// What the address asks for behind its #, each part as it was before it was written there.
function askedParts() {
  try {
    return location.hash.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return [];
  }
}

function amount(value, yuan) {
  const [whole, rest] = String(value).split(".");
  const told = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
  return yuan ? `¥${told}` : told;
}

function pager(page, of, href) {
  if (of < 2) return "";
  return make(
    "nav",
    { class: "pager", "aria-label": say("pages") },
    page > 1 ? make("a", { href: href(page - 1), rel: "prev" }, `← ${say("before")}`) : null,
    make("span", {}, say("page_of", { n: page, of })),
    page < of ? make("a", { href: href(page + 1), rel: "next" }, `${say("after")} →`) : null,
  );
}
