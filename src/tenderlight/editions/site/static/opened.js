// The page of a notice, put together.
"use strict";

const holder = document.getElementById("notice");

function askedPlace() {
  const [, id, start, end] = /^([^@]*)(?:@(\d{1,9})-(\d{1,9}))?$/.exec(askedParts()[0] ?? "") ?? [];
  return { id, start: start === undefined ? null : Number(start), end: Number(end) };
}

function sourceOf(id, head, notice, { start, end }) {
  const asked = start !== null;
  return {
    kind: asked ? "passage" : "notice",
    id,
    title: head.title,
    link: `site/${WORDS.lang}/notice.html#${id}${asked ? `@${start}-${end}` : ""}`,
    author: head.buyer,
    issued: head.published,
    container: notice.source,
    url: head.url,
    edition: globalThis.EDITION,
    quote: asked ? slice(notice.text, start, end) : null,
    place: asked ? `${start}-${end}` : null,
    accessed: head.captured,
    sha256: head.sha256,
    language: head.language,
  };
}

function headOfPage(head, notice) {
  const second = WORDS.lang === "zh" ? 1 : 0;
  const told = [notice.place, notice.type].map((label) => make("bdi", {}, label[second]));
  return make(
    "header",
    { class: "page-head notice-head" },
    make("p", { class: "dateline" }, make("time", {}, head.published || say("no_date")), ...told),
    make("h1", { lang: "zh" }, head.title),
    head.buyer ? make("p", { class: "buyer", lang: "zh" }, head.buyer) : null,
  );
}

function light(id) {
  for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
  const marks = [...document.querySelectorAll("mark[data-for]")].filter((mark) => mark.dataset.for.split(" ").includes(id));
  for (const mark of marks) mark.classList.add("lit");
  marks[0]?.scrollIntoView({ block: "center" });
}

async function drawNotice(still) {
  const asked = askedPlace();
  const { id, head, notice } = await findNotice(asked.id);
  if (!still()) return;
  const marks = (notice.values ?? []).map(([, , start, end], place) => ({ id: `v${place}`, start, end }));
  if (asked.start !== null && asked.end > asked.start) marks.push({ id: "asked", start: asked.start, end: asked.end, asked: true });
  const sheets = sheetsOf(blocksOf(notice));
  const document_ = make("article", { class: "document", "aria-label": say("document") });
  const turn = (number) => {
    const buttons = sheets.map((_, place) => {
      const button = make("button", { type: "button", "aria-current": place === number ? "true" : null }, place + 1);
      button.addEventListener("click", () => turn(place));
      return button;
    });
    const pages = sheets.length > 1 ? make("nav", { class: "pager", "aria-label": say("pages") }, ...buttons) : "";
    document_.replaceChildren(pages, paperOf(notice.text, sheets[number], marks));
  };
  const sheetWith = (start) => Math.max(0, sheets.findIndex((sheet) => sheet.length && sheet.at(-1).end > start));
  const go = (mark, start) => {
    if (!document_.querySelector(`mark[data-for~="${mark}"]`)) turn(sheetWith(start));
    light(mark);
  };
  turn(asked.start === null ? 0 : sheetWith(asked.start));
  const cited = make("section", {}, make("h2", { class: "small-head" }, say("cite")), citeBox(sourceOf(id, head, notice, asked)));
  const aside = make("aside", { class: "values" }, evidenceOf(id, head, notice), cited, valuesOf(notice, go));
  holder.replaceChildren(headOfPage(head, notice), make("div", { class: "notice" }, document_, aside));
  document.title = `${head.title} · ${WORDS.title}`;
  if (asked.start !== null) light("asked");
  holder.dataset.done = id;
}

drawing(drawNotice, () => holder);
