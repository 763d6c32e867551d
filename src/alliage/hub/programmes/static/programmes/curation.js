// A link to a folded part opens it, in browsers that do not do so by themselves; and the first mistake is in view.
(() => {
  const open = (hash) => {
    const there = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!there) return;
    for (let fold = there.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    there.scrollIntoView();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.closest(".edit")) open(link.hash);
  });
  window.addEventListener("hashchange", () => open(location.hash));
  open(location.hash);
})();
