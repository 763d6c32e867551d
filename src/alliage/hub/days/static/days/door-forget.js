// The door is shut: what this phone kept of the day goes.
(async () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("accueil:")) localStorage.removeItem(key);
  await globalThis.caches?.delete("accueil");
})();
