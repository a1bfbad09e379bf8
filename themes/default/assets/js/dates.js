// What depends on the reader's clock: "today" and how far away an event is.
// The page itself states absolute dates only.
const pad = (n) => String(n).padStart(2, "0");

// The calendar day in Việt Nam, seven hours ahead of UTC all year round.
function day(moment) {
  const there = new Date(moment.getTime() + 7 * 3600e3);
  return there.getUTCFullYear() + "-" + pad(there.getUTCMonth() + 1) + "-" + pad(there.getUTCDate());
}

function between(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 864e5);
}

const now = new Date();
const today = day(now);

document.querySelectorAll("[data-day]").forEach((item) => {
  if (item.dataset.day.slice(0, 10) !== today) return;
  item.classList.add("day-today");
  const label = item.querySelector(".vh");
  const box = item.closest("[data-today]");
  if (label && box) label.textContent = box.dataset.today + ", " + label.textContent;
});

function words(start, end, box) {
  const whole = !start.includes("T");
  const last = end || start;
  const over = last.includes("T") ? now > new Date(last) : today > last.slice(0, 10);
  const begun = whole ? today >= start : now >= new Date(start);
  // A start without an end is taken to fill its day.
  if (over && (end || today > start.slice(0, 10))) return box.dataset.ended;
  if (begun) return box.dataset.now;
  const days = between(today, start.slice(0, 10));
  if (days === 0) return box.dataset.today;
  if (days === 1) return box.dataset.tomorrow;
  return days <= 60 ? box.dataset.in.replace("{n}", String(days)) : "";
}

document.querySelectorAll("[data-start]").forEach((item) => {
  const box = item.closest("[data-countdown]");
  if (!box || item.classList.contains("status-cancelled")) return;
  const text = words(item.dataset.start, item.dataset.end, box);
  if (!text) return;
  const badge = document.createElement("span");
  badge.className = "badge-now";
  badge.textContent = text;
  const place = item.querySelector(".meta") || item.querySelector("dl");
  if (place.tagName === "DL") item.insertBefore(badge, place);
  else place.insertBefore(badge, place.firstChild);
});

// How far a campaign is.
document.querySelectorAll("[data-first]").forEach((item) => {
  const { first, last, nth, tomorrow, over } = item.dataset;
  const left = between(today, first);
  const total = between(first, last) + 1;
  if (today > last) item.textContent = over;
  else if (left <= 0) item.textContent = nth.replace("{n}", 1 - left).replace("{total}", total);
  else item.textContent = left === 1 ? tomorrow : item.dataset.in.replace("{n}", left);
});
