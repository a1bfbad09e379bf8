// Reads the entry aloud, where the device has a voice for its language.
const box = document.querySelector("[data-listen]");
const body = document.querySelector("[data-body]");
const synth = window.speechSynthesis;

function voice(lang) {
  const short = lang.split("-")[0].toLowerCase();
  return synth.getVoices().find((v) => v.lang.toLowerCase().split(/[-_]/)[0] === short);
}

// Sentence by sentence: long utterances stop midway on some Android devices.
function pieces() {
  const head = Array.from(document.querySelectorAll(".entry-head h1, .entry-head .sapo"));
  const blocks = Array.from(body.querySelectorAll("p, li, h2, h3, h4, figcaption"))
    .filter((node) => !node.querySelector("p, li") && !node.closest(".footnotes"));
  return head.concat(blocks)
    .map((node) => node.textContent.trim())
    .join("\n")
    .replace(/([.!?…។])\s+/g, "$1\n")
    .split(/\n+/)
    .filter(Boolean);
}

function setUp() {
  const found = voice(box.dataset.lang);
  if (!found || !box.hidden) return;
  const button = box.querySelector("button");
  const idle = button.textContent;
  let speaking = false;
  const stop = () => {
    speaking = false;
    synth.cancel();
    button.textContent = idle;
  };
  button.addEventListener("click", () => {
    if (speaking) return stop();
    const queue = pieces();
    speaking = true;
    button.textContent = box.dataset.stop;
    const next = () => {
      const text = queue.shift();
      if (!text || !speaking) return stop();
      const said = new SpeechSynthesisUtterance(text);
      said.voice = found;
      said.lang = found.lang;
      said.onend = next;
      said.onerror = stop;
      synth.speak(said);
    };
    synth.cancel();
    next();
  });
  window.addEventListener("pagehide", stop);
  box.hidden = false;
}

if (box && body && synth) {
  setUp();
  synth.addEventListener && synth.addEventListener("voiceschanged", setUp);
}
