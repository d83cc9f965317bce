/* A box that scrolls says so while there is more of it beside or below: [data-scrolls] gets the
   classes is-cut and is-at-end, and the hint that follows it is shown by them. */
(function () {
  "use strict";
  const SLACK = 4;
  function tell(box) {
    const beside = box.scrollWidth - box.clientWidth, below = box.scrollHeight - box.clientHeight;
    const left = Math.max(beside - Math.abs(box.scrollLeft), below - box.scrollTop);
    box.classList.toggle("is-cut", Math.max(beside, below) > SLACK);
    box.classList.toggle("is-at-end", left <= SLACK);
  }
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => tell(entry.target)));
  const seen = new WeakSet();
  new MutationObserver(function () {
    document.querySelectorAll("[data-scrolls]").forEach(function (box) {
      if (!seen.has(box)) { seen.add(box); sizes.observe(box); }
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("scroll", function (event) {
    if (event.target.matches && event.target.matches("[data-scrolls]")) tell(event.target);
  }, true);
})();
