// Puts a quote or an address on the clipboard. Without this file, or where a browser has none to
// offer, both stand on the page to be selected.
"use strict";
(() => {
  if (!navigator.clipboard) return;
  const show = () => document.querySelectorAll("[data-copy]").forEach((one) => { one.hidden = false; });
  const say = (words) => { document.getElementById("said").textContent = words; };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const found = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(found.textContent.trim());
      button.dataset.done = "";
      say("Copied");
      setTimeout(() => delete button.dataset.done, 2000);
    } catch {
      found.closest("details").open = true;
      getSelection().selectAllChildren(found);
      say("It could not be copied; it is selected");
    }
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
