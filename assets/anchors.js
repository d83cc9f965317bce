/* A part of a page that the address names (#part) is shown once the page has arrived. */
(function () {
  "use strict";
  const PATIENCE_MS = 8000;
  let waiting = null, last = "";

  function stop() { if (waiting) { waiting.disconnect(); waiting = null; } }
  function find(id) {
    const part = document.getElementById(id);
    if (!part) return false;
    part.scrollIntoView();
    if (part.hasAttribute("tabindex")) part.focus({ preventScroll: true }); // the next Tab goes on from there
    return true;
  }
  function follow() {
    const address = location.pathname + location.search + location.hash;
    const id = location.hash.slice(1);
    if (address === last) return;
    last = address;
    stop();
    if (!id || find(id)) return;
    waiting = new MutationObserver(function () { if (find(id)) stop(); });
    waiting.observe(document.documentElement, { childList: true, subtree: true });
    setTimeout(stop, PATIENCE_MS);
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("_dashprivate_pushstate", follow);
  follow();
})();
