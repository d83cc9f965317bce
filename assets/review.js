/* The review of the plan by keyboard: the arrow keys, or N and P, go to the next item and back. */
(function () {
  "use strict";
  const STEPS = { ArrowRight: "next", ArrowLeft: "prev", n: "next", p: "prev", N: "next", P: "prev" };
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
})();
