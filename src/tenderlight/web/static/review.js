// The queue by keyboard. Without this file the same form works: each button sends it, and the
// server leads to the next case. With it the next cases are fetched ahead, so that an answer is on
// screen at once and is written while the next case is read.
"use strict";

const form = document.getElementById("answer");
const undo = document.getElementById("undo");
const said = document.getElementById("said");
const trouble = document.getElementById("trouble");
const AHEAD = 10; // cases fetched ahead; more are asked for when half of them are gone
const SKIPPED = 200; // ids in an address at most
const waiting = []; // answers on their way, the oldest first
const skipped = []; // cases passed over, the newest last
const ahead = []; // cases fetched, in order: the element #case of each
let fetching = false;
let sending = null;

const shownCase = () => document.getElementById("case");
const last = () => ahead[ahead.length - 1] || shownCase();
const words = (name) => form.dataset[name];

async function fetchCases(at) {
  const answer = await fetch(at, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("input[name=token]");
  if (token) for (const each of document.querySelectorAll("input[name=token]")) each.value = token.value;
  const found = [page.getElementById("case")];
  for (const each of page.querySelectorAll("template.ahead")) found.push(each.content.querySelector(".asked-case"));
  return found.filter(Boolean).map((each) => document.adoptNode(each));
}

// The queue without what is on the screen, fetched, on its way, or passed over.
function following() {
  const ids = [...skipped, ...waiting.map((each) => each.body.get("case")), shownCase().dataset.id, ...ahead.map((each) => each.dataset.id)];
  const at = new URL(form.dataset.queue, location.href);
  at.searchParams.set("skip", [...new Set(ids.filter(Boolean))].slice(-SKIPPED).join("."));
  at.searchParams.set("ahead", AHEAD - ahead.length - 1);
  return at;
}

async function fetchAhead() {
  if (fetching || ahead.length > AHEAD / 2 || !last().dataset.id) return;
  fetching = true;
  try {
    const known = new Set([shownCase().dataset.id, ...ahead.map((each) => each.dataset.id)]);
    for (const found of await fetchCases(following())) {
      if (!known.has(found.dataset.id)) ahead.push(found);
    }
    if (shownCase().hasAttribute("aria-busy")) showNext();
  } catch {
    setTimeout(fetchAhead, 2000);
  } finally {
    fetching = false;
  }
}

function show(found) {
  shownCase().replaceWith(found);
  for (const field of form.querySelectorAll("select, [name=because]")) field.value = "";
  form.querySelector("details.more")?.removeAttribute("open");
  if (found.dataset.at) history.replaceState(null, "", found.dataset.at);
  for (const each of form.querySelectorAll(".answers button, .answers select, .answers input")) {
    each.disabled = !found.dataset.id;
  }
  scrollTo(0, 0);
  tell([words("next"), found.querySelector(".claim")?.textContent, found.querySelector(".passage")?.textContent]);
}

function showNext() {
  const next = ahead.shift();
  if (next) show(next);
  else shownCase().setAttribute("aria-busy", "true");
  afterPaint(fetchAhead);
}

function tell(parts) {
  said.textContent = parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
}

function answer(name) {
  const here = shownCase();
  if (!here.dataset.id || here.hasAttribute("aria-busy")) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("answer", name);
  waiting.push({ at: form.action, body });
  showNext();
  afterPaint(send);
}

// The next case comes first: writing and fetching wait for its frame, in a hidden tab a moment.
function afterPaint(work) {
  let done = false;
  const once = () => {
    if (!done) work();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 100);
}

function pass() {
  const here = shownCase();
  if (!here.dataset.id || here.hasAttribute("aria-busy")) return;
  skipped.push(here.dataset.id);
  showNext();
}

function takeBack() {
  waiting.push({ at: undo.action, body: new URLSearchParams(new FormData(undo)), back: true });
  send();
}

function send() {
  sending ??= sendAll().finally(() => { sending = null; });
}

async function sendAll() {
  for (let pause = 250; waiting.length; ) {
    const [first] = waiting;
    let reply = null;
    try {
      reply = await fetch(first.at, { method: "POST", body: first.body, headers: { Accept: "application/json" } });
      if (reply.status === 403) await renew(first.body);
    } catch {
      reply = null;
    }
    if (reply && reply.status < 500 && reply.status !== 403) {
      waiting.shift();
      pause = 250;
      trouble.hidden = true;
      await written(first, reply);
      continue;
    }
    trouble.textContent = words("unsaved").replace("{n}", waiting.length);
    trouble.hidden = false;
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 2, 8000);
  }
}

// The desk was started anew: its word is another one now.
async function renew(body) {
  await fetchCases(location.href);
  body.set("token", document.querySelector("input[name=token]").value);
}

async function written(first, reply) {
  const told = await reply.json().catch(() => ({}));
  if (!reply.ok) {
    trouble.textContent = [told.what?.[document.documentElement.lang.slice(0, 2)], told.hint?.[document.documentElement.lang.slice(0, 2)]].filter(Boolean).join(" ");
    trouble.hidden = false;
    return;
  }
  const progress = document.getElementById("progress");
  if (told.progress && progress) {
    progress.querySelector("progress").value = told.progress.done;
    progress.querySelector("progress").max = Math.max(told.progress.total, 1);
    progress.querySelector(".words").textContent = told.progress.words;
  }
  if (first.back && told.back) {
    const [found] = await fetchCases(told.back);
    if (!found) return;
    if (shownCase().dataset.id && !shownCase().hasAttribute("aria-busy")) ahead.unshift(shownCase().cloneNode(true));
    show(found);
  }
}

function help() {
  const keys = document.getElementById("keys");
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
}

if (form) {
  const buttons = new Map([...form.querySelectorAll("button[data-key]")].map((each) => [each.dataset.key, each.value]));
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem("review-keys") !== "off";
  on.closest("p").hidden = false;
  on.addEventListener("change", () => localStorage.setItem("review-keys", on.checked ? "on" : "off"));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "answer") answer(event.submitter.value);
  });
  undo.addEventListener("submit", (event) => {
    event.preventDefault();
    takeBack();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("a.skip-case") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pass();
  });
  form.elements.instead.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.target.blur();
    answer("other");
  });
  form.elements.because.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.target.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.key === "Escape") return void document.activeElement?.blur();
    if (!on.checked || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const key = event.key.toLowerCase();
    if (key === "o") form.elements.instead.focus();
    else if (buttons.has(key)) answer(buttons.get(key));
    else if (key === "z" || key === "b") takeBack();
    else if (key === "s") pass();
    else if (key === "w") form.elements.because.focus();
    else if (key === "?") help();
    else return;
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => {
    if (waiting.length) event.preventDefault();
  });
  fetchAhead();
}
