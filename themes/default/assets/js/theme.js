// Colour scheme and text size: a switch that remembers. Nothing to read depends on it.
const root = document.documentElement;
const box = document.querySelector("[data-display]");

function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch (refused) {
    // The choice then lasts for this page only.
  }
}

function scheme(button) {
  const order = ["auto", "light", "dark"];
  const label = button.getAttribute("aria-label");
  const show = () => {
    const now = root.dataset.scheme || "auto";
    const text = label + ": " + button.dataset[now];
    button.setAttribute("aria-label", text);
    button.title = text;
  };
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(root.dataset.scheme || "auto") + 1) % order.length];
    if (next === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = next;
    keep("scheme", next === "auto" ? "" : next);
    show();
  });
  show();
}

function textSize(buttons) {
  const show = () => {
    const now = Number(root.dataset.text || 0);
    buttons.forEach((button) => {
      const next = now + Number(button.dataset.text);
      button.disabled = next < -1 || next > 3;
    });
  };
  buttons.forEach((button) => {
    button.addEventListener("click", () => {
      const next = Number(root.dataset.text || 0) + Number(button.dataset.text);
      if (next) root.dataset.text = String(next);
      else delete root.dataset.text;
      keep("text", next ? String(next) : "");
      show();
    });
  });
  show();
}

if (box) {
  scheme(box.querySelector("[data-scheme-switch]"));
  textSize(Array.from(box.querySelectorAll("[data-text]")));
  box.hidden = false;
}

// An open language list closes on Escape and on a press outside.
const langs = document.querySelector(".langs");
if (langs) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && langs.open) {
      langs.open = false;
      langs.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!langs.contains(event.target)) langs.open = false;
  });
}

// On a narrow screen the menu scrolls: bring the current item into view.
const current = document.querySelector(".menu [aria-current]");
if (current) {
  const strip = current.closest("ul");
  const item = current.getBoundingClientRect();
  const room = strip.getBoundingClientRect();
  if (item.right > room.right || item.left < room.left) {
    strip.scrollLeft += item.left - room.left - (room.width - item.width) / 2;
  }
}
