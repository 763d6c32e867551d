// Tells moderators that something is new, without taking away what they are writing.
(() => {
  const told = document.getElementById("nouveau");
  if (!told) return;
  const look = async () => {
    try {
      const answer = await fetch(`${told.dataset.url}?v=${told.dataset.version}`, { credentials: "same-origin" });
      if (answer.ok && answer.headers.get("X-Version") !== told.dataset.version) told.hidden = false;
    } catch {
      // no network: the next look says more
    }
  };
  setInterval(() => document.hidden || told.hidden === false || look(), 4000);
})();
