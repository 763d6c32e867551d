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
