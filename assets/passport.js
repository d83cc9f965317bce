/* Passports: a number that links to its passport opens it in a window over the page; without
   script, in another tab or by "address of this passport" it is a page of its own. */
(function () {
  "use strict";
  let dialog = null;

  function theDialog() {
    if (dialog) return dialog;
    dialog = document.createElement("dialog");
    dialog.className = "passport-window";
    dialog.setAttribute("aria-labelledby", "passport-trail passport-heading");
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    return dialog;
  }
  /* A window's address, and the page of the same where the server does not answer. */
  async function open(address, page) {
    const box = theDialog();
    const answer = await fetch(address).catch(() => null);
    if (!answer) { location.href = page; return; }
    box.innerHTML = await answer.text();
    if (!box.open) box.showModal();
    const heading = box.querySelector("#passport-heading");
    if (heading) heading.focus();
    box.scrollTop = 0;
  }
  async function copy(button) {
    const text = button.dataset.copy || JSON.stringify(await (await fetch(button.dataset.copyFrom)).json(), null, 2);
    await navigator.clipboard.writeText(text);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    const announcer = document.getElementById("frame-announcer");
    if (announcer) announcer.textContent = button.dataset.done;
    setTimeout(function () { button.textContent = before; }, 2000);
  }
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (button) { copy(button); return; }
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest("a.passport-link");
    if (link && plain) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const page = link.getAttribute("href");
      open(link.dataset.window || page.replace("/passport/", "/passport-window/"), page);
      return;
    }
    if (dialog && dialog.open && event.target.closest("dialog a[href^='/']") && plain) dialog.close();
  }, true);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.passport = { open: open };

  /* Points of a chart whose custom data are observations: the chart says so by its class. */
  new MutationObserver(function () {
    document.querySelectorAll(".passport-chart .js-plotly-plot").forEach(function (plot) {
      if (!plot.on || plot.dataset.passports) return;
      plot.dataset.passports = "yes";
      plot.on("plotly_click", function (data) {
        const observation = data.points[0] && data.points[0].customdata;
        const id = encodeURIComponent(observation);
        if (observation) open("/passport-window/" + id, "/passport/" + id);
      });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
