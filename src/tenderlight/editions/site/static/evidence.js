// What vouches for a cited notice: digests, moments, the preserved original, what to run.
"use strict";

function term(key, value, more = {}) {
  if (!value) return null;
  return make("div", {}, make("dt", {}, say(key)), make("dd", more, value));
}

// An address as a link, if it is one of the web: `javascript:` and the like are only text.
function leaving(url) {
  if (!/^https?:\/\//i.test(url ?? "")) return url ? make("bdi", {}, url) : null;
  const link = make("a", { href: url, rel: "noreferrer noopener external", target: "_blank", class: "code" }, url);
  return make("span", {}, link, ` ${say("leaves")}`);
}

const inEvidence = (path) => `${UP}evidence/data/${path.split("/").map(encodeURIComponent).join("/")}`;

function originalOf(first) {
  if (!first?.original) return [make("p", { class: "note" }, say("not_in"))];
  const opens = make("a", { href: inEvidence(first.original), download: true }, say("original"));
  const archive = make("a", { href: inEvidence("evidence.wacz"), download: true }, `${say("archive")} (WACZ)`);
  return [make("p", {}, opens, make("span", { class: "note" }, ` ${say("unmasked")}`)), make("p", {}, archive)];
}

function picturesOf(id, pictures) {
  if (!pictures) return null;
  const links = pictures.map((number) => {
    const src = inEvidence(`pages/${id}-${number}.png`);
    const image = make("img", { src, alt: say("page_number", { n: number + 1 }), loading: "lazy" });
    return make("li", {}, make("a", { href: src }, image));
  });
  return make("section", {}, make("h3", {}, say("pictures")), make("ul", { class: "page-pictures" }, ...links));
}

function usedBy(figures) {
  const links = (figures ?? []).map((place) => {
    const [slug, name] = WORDS.figures[place];
    return make("li", {}, make("a", { href: local(`figure-${slug}.html`) }, name));
  });
  return links.length ? make("section", {}, make("h3", {}, say("used_by")), make("ul", { class: "plain" }, ...links)) : null;
}

function verifyOf(first) {
  const one = first?.original ? `sha256sum evidence/data/${first.original}` : null;
  return make(
    "section",
    {},
    make("h3", {}, say("verify")),
    one ? make("p", { class: "note" }, say("verify_one")) : null,
    one ? make("pre", {}, one) : null,
    make("p", { class: "note" }, say("verify_all")),
    make("pre", {}, "tenderlight verify ."),
  );
}

function evidenceOf(id, head, notice) {
  const { first } = notice;
  const digest = { class: "code digest" };
  return make(
    "section",
    { class: "evidence" },
    make("h2", { class: "small-head" }, say("evidence")),
    make(
      "dl",
      {},
      term("address", leaving(head.url)),
      term("captured", head.captured),
      term("preserved", first?.preserved),
      term("stamped", first?.stamped),
      term("line", first?.line),
      term("digest", head.sha256, digest),
      term("record", first?.record_sha256, digest),
      term("file", notice.file, { lang: "zh" }),
      term("source", notice.source, { lang: "zh" }),
      term("removed", notice.watch && `${notice.watch.verdict} (${notice.watch.since})`),
    ),
    ...originalOf(first),
    picturesOf(id, notice.pictures),
    usedBy(notice.figures),
    verifyOf(first),
  );
}
