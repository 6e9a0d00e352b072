// What every page does: the edition's id, the search form, citations of the page itself.
"use strict";

const EDITION_ID = globalThis.EDITION;

if (EDITION_ID) {
  for (const place of document.querySelectorAll("[data-edition]")) place.textContent = EDITION_ID;
}

for (const form of document.querySelectorAll("form[data-search]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = `#${encodeURIComponent(form.elements.q.value)}`;
    if (form.dataset.search) location.href = form.dataset.search + asked;
    else location.hash = asked;
  });
}

for (const place of document.querySelectorAll("div.cite")) {
  place.append(citeBox({ ...place.dataset, edition: EDITION_ID, language: WORDS.lang }));
}

// The other language shows the same number, notice or search.
const other = document.querySelector(".language a");
const plain = other.getAttribute("href");
function keepPlace() {
  other.setAttribute("href", plain + location.hash);
}
addEventListener("hashchange", keepPlace);
keepPlace();

// Draw now and whenever the address asks for something else; what goes wrong is said in the page.
function drawing(draw, told) {
  let turn = 0;
  const again = async () => {
    const mine = ++turn;
    try {
      await draw(() => mine === turn);
    } catch (error) {
      if (mine === turn) told().textContent = error.message;
    }
  };
  addEventListener("hashchange", again);
  again();
}
