// The questions of the room. A phone asks every second whether something is new: nothing new is a few bytes. On a
// bad network it waits longer, says so, and keeps the votes until they can leave. Without this file the page works too.
(() => {
  const feed = document.getElementById("fil");
  if (!feed) return;
  const QUICK = 1000;
  const SLOW = 15000;
  const BUSY = 429; // too many new phones vote from this network: the votes wait here
  const net = document.getElementById("reseau");
  const form = document.getElementById("votes");
  const voted = new Set((feed.dataset.voted ?? "").split(",").filter(Boolean));
  const waiting = new Map(); // question → whether it is wanted
  let version = feed.dataset.version;
  let pause = QUICK;
  let busyRoom = false;

  const mark = () => {
    for (const button of feed.querySelectorAll(".vote")) {
      const id = button.value.replace("-", "");
      const on = waiting.has(id) ? waiting.get(id) : voted.has(id);
      button.classList.toggle("vote-on", on);
      button.setAttribute("aria-pressed", String(on));
      button.value = (on ? "-" : "") + id;
      if (waiting.has(id) && waiting.get(id) !== voted.has(id)) {
        const count = button.querySelector(".vote-count");
        count.textContent = String(Number(button.dataset.count ?? count.textContent) + (waiting.get(id) ? 1 : -1));
      }
    }
  };

  const say = (off) => {
    if (!net) return;
    net.hidden = !off;
    net.textContent = off ? (busyRoom ? net.dataset.busy : net.dataset.off) : "";
  };

  const ask = async (address, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 8000);
    try {
      return await fetch(address, { ...options, signal: stop.signal, credentials: "same-origin" });
    } finally {
      clearTimeout(timer);
    }
  };

  const look = async () => {
    const answer = await ask(`${feed.dataset.url}?v=${version}`);
    if (!answer.ok) return answer.status < 500;
    if (answer.headers.get("X-Version") === version) return true;
    const html = await answer.text();
    const focused = document.activeElement?.closest?.("[data-question]")?.dataset.question;
    feed.innerHTML = html;
    version = answer.headers.get("X-Version") ?? version;
    for (const count of feed.querySelectorAll(".vote")) count.dataset.count = count.querySelector(".vote-count").textContent;
    mark();
    if (focused) feed.querySelector(`[data-question="${focused}"] .vote`)?.focus();
    return true;
  };

  const send = async () => {
    for (const [id, wanted] of [...waiting]) {
      const body = new FormData(form);
      body.set("vote", (wanted ? "" : "-") + id);
      const answer = await ask(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) {
        const told = await answer.json();
        voted.clear();
        for (const one of told.voted) voted.add(String(one));
      } else if (answer.status >= 500 || answer.status === BUSY) {
        busyRoom = answer.status === BUSY;
        return false;
      }
      busyRoom = false;
      if (waiting.get(id) === wanted) waiting.delete(id);
    }
    return true;
  };

  let busy = false;
  let timer = 0;
  const turn = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let good = false;
    try {
      const sent = waiting.size === 0 || (await send());
      const seen = document.hidden || (await look());
      good = sent && seen;
    } catch {
      good = busyRoom = false;
    }
    busy = false;
    pause = good ? QUICK : Math.min(pause * 2, SLOW);
    say(!good);
    timer = setTimeout(turn, pause * (0.9 + Math.random() * 0.2));
  };

  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.matches(".vote")) return;
    event.preventDefault();
    const id = button.value.replace("-", "");
    const on = button.getAttribute("aria-pressed") !== "true";
    if (on === voted.has(id)) waiting.delete(id);
    else waiting.set(id, on);
    const count = button.querySelector(".vote-count");
    button.dataset.count ??= count.textContent;
    if (!waiting.has(id)) count.textContent = button.dataset.count;
    mark();
    turn();
  });

  document.addEventListener("visibilitychange", () => document.hidden || turn());
  window.addEventListener("online", turn);
  timer = setTimeout(turn, QUICK);
})();
