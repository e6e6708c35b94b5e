// Terms to choose from while a question is typed, and what a page says once a part of it is another.
// Without this file the box has a fixed list, and every link and button loads its page.
"use strict";
(() => {
  const LAST = /(?:[^\s"]|"[^"]*"?)*$/;
  let known = null;
  const load = (from) => known ??= fetch(from)
    .then((answer) => (answer.ok ? answer.json() : { terms: [] }))
    .then((data) => data.terms, () => []);
  const suggest = async (event) => {
    const box = event.target;
    const list = box.id === "q" && box.list;
    if (!list) return;
    const terms = await load(list.dataset.from);
    const typed = box.value.match(LAST)[0];
    const before = box.value.slice(0, box.value.length - typed.length);
    const found = terms.filter((term) => term.toLowerCase().startsWith(typed.toLowerCase()));
    list.replaceChildren(...found.slice(0, 40).map((term) => {
      const option = document.createElement("option");
      option.value = before + term;
      return option;
    }));
  };
  document.addEventListener("focusin", suggest);
  document.addEventListener("input", suggest);
  document.addEventListener("htmx:after:swap", () => {
    const main = document.getElementById("main");
    const told = ["[role=alert]", ".sums", ".done", "h1"].map((one) => main.querySelector(one));
    document.getElementById("said").textContent = told.find(Boolean)?.innerText;
    if (document.activeElement === document.body) main.focus({ preventScroll: true });
  });
})();
