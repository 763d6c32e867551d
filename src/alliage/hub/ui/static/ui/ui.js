// What the page gains with JavaScript; without it, nothing is lost.
// After htmx has put new results in place, say so to screen readers, once. A whole page in the place of the former one
// (an error, answers that were lost) is read from its beginning.
(() => {
  document.documentElement.classList.add("js");

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === document.body) {
      window.scrollTo(0, 0);
      document.querySelector("main")?.focus();
      return;
    }
    const told = event.target.querySelector?.("[data-announce]") ?? event.target.closest?.("[data-announce]");
    const voice = document.getElementById("voice");
    if (told && voice) voice.textContent = told.dataset.announce;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
