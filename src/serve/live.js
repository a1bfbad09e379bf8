// Keeps an open page of the preview up to date: reloads it when it has
// changed, swaps stylesheets without reloading, shows what has to be mended.
// Sent by `tintot serve` only; a built site never holds it.
(() => {
  "use strict";
  const script = document.currentScript;
  const place = `tintot:${location.pathname}`;
  let state = script.dataset.tintot;
  let pause = 250;
  let socket;
  let timer;

  // Where the reader was, kept over a reload.

  function path(element) {
    if (!element || element === document.body) return "";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const parent = element.parentElement;
    if (!parent) return element.localName;
    const number = [...parent.children].indexOf(element) + 1;
    return `${path(parent) || "body"} > :nth-child(${number})`;
  }

  function remember() {
    const opened = [...document.querySelectorAll("details[open]")].map(path);
    const kept = { x: scrollX, y: scrollY, focus: path(document.activeElement), opened };
    try {
      sessionStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // Without storage the browser's own memory has to do.
    }
  }

  function find(selector) {
    try {
      return selector ? document.querySelector(selector) : null;
    } catch {
      return null;
    }
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch {
      return;
    }
    if (!kept) return;
    history.scrollRestoration = "manual";
    for (const one of kept.opened) {
      const details = find(one);
      if (details?.localName === "details") details.open = true;
    }
    find(kept.focus)?.focus({ preventScroll: true });
    const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    back();
    // Pictures and fonts that come later move what is above.
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    }, { once: true });
  }

  // Reloading and styling.

  function reload() {
    remember();
    location.reload();
  }

  function restyle(styles) {
    const links = document.querySelectorAll('link[rel~="stylesheet" i]');
    for (const [number, href, stamp] of styles) {
      const old = links[number];
      if (!old) return reload();
      const fresh = old.cloneNode();
      const [address] = href.split("#");
      fresh.href = `${address}${address.includes("?") ? "&" : "?"}tintot=${stamp}`;
      // The old one stays until the new one is there: no flash without styles.
      fresh.addEventListener("load", () => old.remove(), { once: true });
      fresh.addEventListener("error", reload, { once: true });
      old.after(fresh);
    }
  }

  // What is shown beside the page, out of reach of its styles.

  function box(name, inner) {
    let host = document.querySelector(name);
    if (!inner) {
      host?.remove();
      return null;
    }
    if (!host) {
      host = document.createElement(name);
      host.attachShadow({ mode: "open" });
      document.documentElement.append(host);
    }
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/.tintot/live.css";
    host.shadowRoot.replaceChildren(style, inner);
    return host;
  }

  function problems(html) {
    if (!html) return box("tintot-problems", null);
    const panel = document.createElement("section");
    panel.className = "panel";
    panel.setAttribute("role", "alert");
    panel.innerHTML = html;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.setAttribute("aria-label", "Ẩn · Hide");
    close.addEventListener("click", () => box("tintot-problems", null));
    panel.prepend(close);
    return box("tintot-problems", panel);
  }

  function badge(text) {
    if (!text) return;
    const mark = document.createElement("p");
    mark.className = "mark";
    mark.textContent = text;
    box("tintot-badge", mark);
  }

  // The conversation with the server; it begins anew whenever it breaks off.

  function connect() {
    clearTimeout(timer);
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/.tintot/live`);
    socket.addEventListener("open", () => {
      pause = 250;
      document.documentElement.dataset.tintotLive = "";
      socket.send(JSON.stringify({ page: location.pathname, state }));
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "reload") reload();
      if (message.type === "problems") problems(message.html);
      if (message.type === "css") {
        state = message.state;
        restyle(message.styles);
      }
    });
    socket.addEventListener("close", () => {
      delete document.documentElement.dataset.tintotLive;
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, 4000);
    });
  }

  // A phone that wakes up, or a page taken back from the browser's memory.
  function wake() {
    if (document.visibilityState === "visible" && socket.readyState > WebSocket.OPEN) connect();
  }

  connect();
  restore();
  badge(script.dataset.badge);
  document.addEventListener("visibilitychange", wake);
  addEventListener("pageshow", wake);
  addEventListener("online", wake);
})();
