// After a choice, the keyboard goes where the choice says: its button may be gone. Without JavaScript, nothing is lost.
(() => {
  let next = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    next = event.detail.requestConfig?.triggeringEvent?.submitter?.dataset.then ?? "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "plan") return;
    if (document.activeElement === document.body) {
      (document.getElementById(next) ?? document.getElementById("plan-title"))?.focus({ preventScroll: true });
    }
    next = "";
  });
})();
