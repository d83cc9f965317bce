/* The review of the plan by keyboard: the arrow keys go to the next item and back. */
(function () {
  "use strict";
  const STEPS = { ArrowRight: "next", ArrowLeft: "prev" };
  let stepped = false;
  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    const step = STEPS[event.key] && document.querySelector('[data-review="' + STEPS[event.key] + '"]');
    if (!step) return;
    event.preventDefault();
    step.click();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-review]")) stepped = true;
  });
  // The item that was asked for is read out, and the next Tab goes on from it.
  function arrive(item) {
    if (!stepped || !item) return;
    stepped = false;
    item.querySelector("h2").focus();
  }
  // The form for decisions depends on who reads, so it is no part of the page itself.
  new MutationObserver(function () {
    document.querySelectorAll("[data-decide]").forEach(function (place) {
      const address = place.dataset.decide;
      delete place.dataset.decide;
      arrive(place.closest(".review-item"));
      fetch(address).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (form) {
        place.innerHTML = form; // made and escaped by our own server
      });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
