// A cited notice: #ID, or #ID@120-128 for the passage at these characters. Beside it, what was
// read from it, and what vouches for it.
"use strict";

const SHEET = 60000;
const WIDEST = 60;

async function findNotice(id) {
  const index = await piece("index");
  const number = index.ids.indexOf(id);
  if (number < 0) throw new Error(say("no_notice"));
  const [which, place] = pieceOf(index, number);
  const [head, notices] = await Promise.all([headOf(number), piece(`notices-${which}`)]);
  return { id, head, notice: notices[place] };
}

// The blocks with their defaults: trailing ones are not stored.
function blocksOf(notice) {
  const stored = notice.blocks ?? linesOf(notice.text);
  return stored.map(([start, end, kind = "text", part = "body", page = null, table = null, row = 0, column = 0, down = 1, across = 1, furniture = false]) => ({
    start, end, kind, part, page, table, row: row ?? 0, column: column ?? 0, down, across, furniture,
  }));
}

function linesOf(text) {
  let at = 0;
  return text.split("\n").map((line) => {
    const start = at;
    at += Array.from(line).length + 1;
    return [start, at - 1];
  });
}

function sheetsOf(blocks) {
  const sheets = [[]];
  for (const block of blocks) {
    const last = sheets.at(-1);
    if (last.length && block.end - last[0].start > SHEET) sheets.push([block]);
    else last.push(block);
  }
  return sheets;
}

// A block's text cut where a mark begins or ends.
function piecesOf(text, block, marks) {
  const here = marks.filter((mark) => mark.start < block.end && mark.end > block.start);
  const edges = new Set([block.start, block.end]);
  for (const mark of here) {
    edges.add(Math.max(mark.start, block.start));
    edges.add(Math.min(mark.end, block.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, place) => {
    const stretch = slice(text, start, sorted[place + 1]);
    const over = here.filter((mark) => mark.start <= start && mark.end > start);
    if (!over.length) return stretch;
    const asked = over.some((mark) => mark.asked);
    return make("mark", { class: asked ? "asked" : null, "data-for": over.map((mark) => mark.id).join(" ") }, stretch);
  });
}

function rowsOf(cells) {
  const rows = new Map();
  for (const cell of cells) {
    const column = Math.min(cell.column, WIDEST - 1);
    const row = rows.get(cell.row) ?? rows.set(cell.row, new Map()).get(cell.row);
    if (row.has(column)) row.get(column).push(cell);
    else row.set(column, [cell]);
  }
  return [...rows].sort((a, b) => a[0] - b[0]);
}

function tableOf(text, cells, marks) {
  const busy = new Map();
  const table = make("table");
  for (const [number, columns] of rowsOf(cells)) {
    const line = make("tr");
    let next = 0;
    for (const [column, blocks] of [...columns].sort((a, b) => a[0] - b[0])) {
      for (; next < column; next += 1) if (!(busy.get(next) > number)) line.append(make("td"));
      const down = Math.min(Math.max(blocks[0].down, 1), 500);
      const across = Math.min(Math.max(blocks[0].across, 1), WIDEST - column);
      const cell = make("td", { rowspan: down > 1 ? down : null, colspan: across > 1 ? across : null });
      blocks.forEach((block, place) => cell.append(...(place ? [make("br")] : []), ...piecesOf(text, block, marks)));
      line.append(cell);
      next = column + across;
      if (down > 1) for (let at = column; at < next; at += 1) busy.set(at, number + down);
    }
    table.append(line);
  }
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say("document") }, table);
}

function breakOf({ part, page }) {
  const name = part === "body" || part === "head" ? say(`part_${part}`) : part;
  return make("p", { class: "break", lang: WORDS.lang }, page ? say("part_page", { part: name, n: page }) : name);
}

function paperOf(text, blocks, marks) {
  const paper = make("div", { class: "paper", lang: "zh" });
  let here = { part: "body", page: null };
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at];
    if (block.part !== here.part || block.page !== here.page) paper.append(breakOf(block));
    here = block;
    let next = at + 1;
    if (block.table !== null) {
      const same = (other) => other.table === block.table && other.part === block.part && other.page === block.page;
      while (next < blocks.length && same(blocks[next])) next += 1;
      paper.append(tableOf(text, blocks.slice(at, next), marks));
    } else {
      const kind = block.furniture ? "furniture" : ["title", "heading"].includes(block.kind) ? block.kind : "text";
      paper.append(make("p", { class: kind }, ...piecesOf(text, block, marks)));
    }
    at = next;
  }
  return paper;
}

function fieldName(path) {
  return path
    .split(".")
    .map((part) => (/^\d+$/.test(part) ? Number(part) + 1 : WORDS.fields[part] ?? part))
    .join(" ");
}

function valuesOf(notice, go) {
  const list = make("dl");
  notice.values?.forEach(([path, value, start, end], place) => {
    const printed = slice(notice.text, start, end);
    const button = make("button", { type: "button", class: "to-passage" }, make("q", { class: "printed", lang: "zh" }, printed));
    button.addEventListener("click", () => go(`v${place}`, start));
    const understood = value === null ? null : make("span", { class: "understood" }, value);
    list.append(make("div", { class: "value" }, make("dt", {}, fieldName(path)), make("dd", {}, understood, button)));
  });
  return make("section", {}, make("h2", { class: "small-head" }, say("values")), list);
}
