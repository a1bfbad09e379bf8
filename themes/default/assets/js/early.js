/* Before the first paint: the reader's own colour scheme and text size. */
try {
  var root = document.documentElement;
  var scheme = localStorage.getItem("scheme");
  var text = localStorage.getItem("text");
  if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  if (text && /^(-1|[123])$/.test(text)) root.dataset.text = text;
} catch (refused) {
  /* Storage may be closed; the page is right without it. */
}
