// Sharing beyond plain links: the device's own sheet, copying, printing.
const box = document.querySelector("[data-share]");

function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.className = "vh";
  document.body.appendChild(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("copy"));
}

function enable(selector, act) {
  const button = box.querySelector(selector);
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => act(button));
}

// A text that is there to be copied, and its button.
document.querySelectorAll("[data-copy-text]").forEach((button) => {
  const source = button.closest("section").querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const before = button.textContent;
    copy(source.textContent).then(() => {
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 3000);
    }, () => {});
  });
});

if (box) {
  const url = box.dataset.url || location.href;
  if (navigator.share) {
    enable("[data-native]", () => {
      const text = box.dataset.text;
      navigator.share({ title: box.dataset.title, ...(text && { text }), url }).catch(() => {});
    });
  }
  enable("[data-copy]", (button) => {
    const before = button.textContent;
    copy(url).then(() => {
      button.textContent = button.dataset.done;
      box.querySelector("[data-status]").textContent = button.dataset.done;
      setTimeout(() => {
        button.textContent = before;
        box.querySelector("[data-status]").textContent = "";
      }, 3000);
    }, () => {});
  });
  enable("[data-print]", () => window.print());
}
