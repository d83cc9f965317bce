/* A sign of life: what takes longer than a moment says so, to the eye and to the ear. */
(function () {
  "use strict";
  const MOMENT_MS = 400;
  let timer = null;

  function sign() { return document.getElementById("frame-waiting"); }
  /* What is being worked out; quick helpers outside of the page's main part do not count. */
  function isBusy() {
    return document.querySelector("#frame-main[data-dash-is-loading], #frame-main [data-dash-is-loading]") !== null;
  }
  function show() {
    timer = null;
    if (isBusy() && sign()) sign().textContent = sign().dataset.words;
  }
  function look() {
    if (isBusy()) { timer = timer || setTimeout(show, MOMENT_MS); return; }
    clearTimeout(timer);
    timer = null;
    if (sign() && sign().textContent) sign().textContent = "";
  }
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-dash-is-loading"],
  });
})();
