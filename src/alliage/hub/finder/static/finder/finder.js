// After an answer, the keyboard goes to the next question, or to what must be corrected. Without JavaScript, nothing is lost.
(() => {
  const goTo = (id) => {
    const target = document.getElementById(id);
    target?.focus({ preventScroll: id === "question-title" });
    return Boolean(target);
  };
  goTo("problems");
  document.addEventListener("htmx:afterSettle", (event) => {
    const asked = event.detail.requestConfig?.elt;
    const place = event.detail.target?.id;
    if (place !== "live" && place !== "question") return;
    if (asked?.closest?.(".narrow")) return;
    if (!goTo("problems")) goTo("question-title");
  });
})();
// A file of answers dropped anywhere on a page that can open one is opened, as if it had been chosen there.
(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  document.querySelector("[data-drop-hint]")?.removeAttribute("hidden");
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    form.elements.file.files = event.dataTransfer.files;
    form.submit();
  });
})();
