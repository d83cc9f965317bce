/* Theme: the reader's choice, else the system's; kept in a cookie so that figures agree.
   Title: the document's, which the browser's tabs and history show.
   Links: followed even where only the scripts of a page have changed the address meanwhile. */
(function () {
  "use strict";
  function chosen() {
    const match = document.cookie.match(/(?:^|; )theme=(light|dark)/);
    if (match) return match[1];
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  function apply(theme) {
    document.documentElement.dataset.theme = theme;
    document.cookie = "theme=" + theme + "; path=/; max-age=31536000; SameSite=Lax";
  }
  apply(chosen());
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.frame = {
    showTitle: function (title) {
      if (title) document.title = title;
      return window.dash_clientside.no_update;
    },
  };
  /* Controls of a page change the address without telling dcc.Location, which then takes a way
     back to the address it knows for one that leads nowhere. */
  const here = () => location.pathname + location.search;
  let known = here();
  function follow() {
    if (here() === known) {
      window.dash_clientside.set_props("frame-location", { pathname: location.pathname, search: location.search });
    }
    known = here();
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("_dashprivate_pushstate", follow);

  document.addEventListener("click", function (event) {
    if (!event.target.closest("#frame-theme")) return;
    apply(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    /* Figures carry colours: ask for the page again in the new theme. */
    window.dispatchEvent(new PopStateEvent("popstate"));
    window.dash_clientside.set_props("frame-theme", { title: document.documentElement.dataset.theme });
  });
})();
