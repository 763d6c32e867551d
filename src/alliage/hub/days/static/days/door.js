// The steward's page: reads badges by the camera, finds people by name, and works for hours without a network. What was
// seen waits in the phone and is sent again and again until the site has it: each sight has a name of its own, so that
// it is kept once.
import decodeQR from "./qr/decode.js";

const body = document.body;
const words = body.dataset;
const KEY = `accueil:${words.list}`;
const CACHE = "accueil";
const at = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
// The hour of the day's own place, wherever the phone thinks that it is.
const HOUR = { hour: "2-digit", minute: "2-digit", timeZone: "America/Toronto" };
const clock = (iso) => new Date(iso).toLocaleTimeString(document.documentElement.lang, HOUR);

const kept = (() => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
})();
const state = { people: kept.people ?? [], queue: kept.queue ?? [], counts: kept.counts ?? null };
const keep = () => {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // no room on this phone: what waits stays in memory, and on the page
  }
};

// ------------------------------------------------------------------------------------------------- what is said

const said = at("said");
const say = (kind, text) => {
  const line = document.createElement("p");
  line.className = `door-${kind}`;
  line.textContent = text;
  said.replaceChildren(line);
  navigator.vibrate?.(kind === "in" ? 60 : [60, 60, 60]);
};

const net = at("net");
const tell = (online) => {
  const n = state.queue.length;
  net.textContent = online ? (n ? fill(words.sending, { n }) : words.online) : fill(words.offline, { n });
  net.classList.toggle("net-off", !online);
};

// ------------------------------------------------------------------------------------------------- the list

const list = at("people");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const draw = () => {
  const wanted = folded(at("find").value.trim());
  const shown = state.people.filter((one) => !wanted || folded(`${one.name} ${one.company} ${one.code}`).includes(wanted));
  list.replaceChildren(
    ...shown.slice(0, 300).map((one) => {
      const line = document.createElement("li");
      const who = document.createElement("span");
      const name = document.createElement("b");
      name.textContent = one.name;
      who.append(name);
      if (one.company) {
        const company = document.createElement("span");
        company.className = "quiet";
        company.textContent = one.company;
        who.append(document.createElement("br"), company);
      }
      line.append(who);
      if (one.came) {
        const here = document.createElement("span");
        here.className = "door-here";
        here.textContent = `${words.here} ${clock(one.came)}`;
        line.append(here);
      } else {
        const button = document.createElement("button");
        button.className = "button button-small";
        button.type = "button";
        button.textContent = one.state === "waiting" ? `${words.in} (${words.waits})` : words.in;
        button.addEventListener("click", () => enter(one, "name"));
        line.append(button);
      }
      return line;
    }),
  );
  const walked = state.queue.filter((scan) => scan.how === "at-door").length; // in no list yet
  const came = state.people.filter((one) => one.came).length;
  at("came").textContent = String(came + walked);
  at("expected").textContent = String(state.people.filter((one) => one.state !== "waiting").length + walked);
};

// ------------------------------------------------------------------------------------------------- who comes

const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const queue = (scan) => {
  state.queue.push({ scan: fresh(), at: new Date().toISOString(), ...scan });
  keep();
  draw();
  sync();
};

const enter = (one, how) => {
  if (one.came) say("again", fill(words.again, { name: one.name, hour: clock(one.came) }));
  else if (one.state === "waiting") say("again", fill(words.waiting, { name: one.name }));
  else say("in", fill(words.welcome, { name: one.name }));
  one.came ||= new Date().toISOString();
  if (one.state !== "waiting") one.state = "came";
  queue({ registration: one.id, how });
};

const byCode = (typed, how) => {
  const code = typed.trim().toUpperCase();
  if (!code) return;
  const one = state.people.find((person) => person.code === code);
  if (one) return enter(one, how);
  say("unknown", words.unknown);
  queue({ code, how }); // perhaps somebody who registered a moment ago: the site knows
};

// ------------------------------------------------------------------------------------------------- the site

let sending = false;
const sync = async () => {
  if (sending) return;
  sending = true;
  const scans = state.queue.slice(0, 200);
  try {
    const answer = await fetch(words.list, {
      method: scans.length ? "POST" : "GET",
      body: scans.length ? JSON.stringify({ scans }) : undefined,
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(15000),
    });
    if (answer.status === 410) {
      say("unknown", words.shut);
      tell(true);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    const sent = new Set(scans.map((one) => one.scan));
    state.queue = state.queue.filter((one) => !sent.has(one.scan));
    const waiting = new Map(state.queue.filter((one) => one.registration).map((one) => [one.registration, one.at]));
    state.people = told.people.map((one) => ({ ...one, came: one.came || waiting.get(one.id) || "" }));
    for (const one of told.seen) {
      const mine = scans.find((scan) => scan.scan === one.scan);
      if (mine && !mine.registration) say(one.state, one.words);
    }
    keep();
    draw();
    tell(true);
  } catch {
    tell(false);
  } finally {
    sending = false;
  }
};

// ------------------------------------------------------------------------------------------------- the camera

const video = at("video");
let stream = null;
let last = "";
let lastAt = 0;
const read = (text) => {
  const now = Date.now();
  if (text === last && now - lastAt < 4000) return;
  [last, lastAt] = [text, now];
  byCode(text, "badge");
};

const reader = async () => {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue;
  }
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    const scale = Math.min(1, 800 / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined; // no code in this picture
    }
  };
};

const stop = () => {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  at("scanner").hidden = true;
  at("start-line").hidden = false;
};

const start = async () => {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: 1280 } });
  } catch {
    say("unknown", words.noCamera);
    return;
  }
  video.srcObject = stream;
  await video.play();
  at("scanner").hidden = false;
  at("start-line").hidden = true;
  const look = await reader();
  while (stream) {
    const text = video.readyState >= 2 ? await look() : undefined;
    if (text) read(text);
    await new Promise((done) => setTimeout(done, 150));
  }
};

// ------------------------------------------------------------------------------------------------- the page

at("find-line").hidden = false;
at("forget").hidden = false;
at("start-line").hidden = !navigator.mediaDevices?.getUserMedia;
at("find").addEventListener("input", draw);
at("start").addEventListener("click", start);
at("stop").addEventListener("click", stop);
at("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  byCode(at("code").value, "code");
  at("code").value = "";
  at("code").focus();
});
at("walk-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = at("walk").value.trim();
  if (!name) return at("walk").focus();
  say("in", fill(words.welcome, { name }));
  queue({ name, company: at("company").value.trim(), how: "at-door" });
  event.target.reset();
});
at("people-form").addEventListener("submit", (event) => event.preventDefault());
at("forget").addEventListener("click", async () => {
  if (state.queue.length) {
    await sync();
    if (state.queue.length) return;
  }
  localStorage.removeItem(KEY);
  await caches?.delete(CACHE);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  location.replace("/");
});
window.addEventListener("online", sync);
window.addEventListener("offline", () => tell(false));
setInterval(sync, 15000);
draw();
sync();

if ("serviceWorker" in navigator) {
  navigator.serviceWorker
    .register(words.worker)
    .then(() => navigator.serviceWorker.ready)
    .then(() => caches.open(CACHE))
    .then((cache) => {
      const used = performance.getEntriesByType("resource").map((one) => new URL(one.name));
      const files = used.filter((one) => one.origin === location.origin && one.pathname.startsWith("/static/"));
      return cache.addAll([location.href.split("#")[0], ...new Set(files.map((one) => one.href))]);
    })
    .then(() => body.setAttribute("data-ready", "yes"))
    .catch(() => {}); // no store on this phone: the page works while the network does
}
