// Single keys for pages on which a person decides. Without this file every button is still there.
"use strict";
(() => {
  const store = "earmark-keys";
  let on = true;
  try { on = localStorage.getItem(store) !== "off"; } catch { /* a browser may keep nothing */ }
  const toggle = () => document.getElementById("keys");
  const show = () => {
    if (!toggle()) return;
    toggle().hidden = false;
    toggle().setAttribute("aria-pressed", String(on));
    toggle().textContent = on ? "Keys are on" : "Keys are off";
  };
  // Inside something that was unfolded, a key is its own; elsewhere it is that of the page.
  const meant = (key) => {
    const within = document.activeElement.closest("details[open]");
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    return found.find((one) => within?.contains(one)) ?? found.find((one) => !one.closest("details"));
  };
  document.addEventListener("click", (event) => {
    if (event.target !== toggle()) return;
    on = !on;
    try { localStorage.setItem(store, on ? "on" : "off"); } catch { /* as above */ }
    show();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) { typing.blur(); return; }
    if (!on || !toggle() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") { toggle().scrollIntoView(); toggle().focus(); return; }
    const value = document.getElementById("value");
    if (event.key === "c" && value && !value.value) { event.preventDefault(); value.focus(); return; }
    const target = meant(event.key);
    if (target) { event.preventDefault(); target.click(); }
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
