/* Pages of the server begin as dark as the reader's system, until the reader chose otherwise. */
(function () {
  "use strict";
  const chosen = /(?:^|; )theme=(light|dark)/.test(document.cookie);
  if (!chosen && matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";
})();
