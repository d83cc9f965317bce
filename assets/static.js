/* Parts sent as HTML text (views/components/static.py): put in place, and their links followed
   without loading the whole application again. */
(function () {
  "use strict";
  const roots = new WeakMap();

  function fill(node) {
    let root = roots.get(node);
    if (!node.hasAttribute("data-markup")) {
      /* The element was taken over for something else: our part leaves with its attribute. */
      if (root) { root.remove(); roots.delete(node); }
      return;
    }
    if (!root || root.parentNode !== node) {
      root = document.createElement("div");
      root.className = "static-root";
      node.append(root);
      roots.set(node, root);
    }
    root.innerHTML = node.getAttribute("data-markup");
  }

  new MutationObserver(function (changes) {
    for (const change of changes) {
      if (change.type === "attributes") fill(change.target);
      for (const added of change.addedNodes) {
        if (added.nodeType !== Node.ELEMENT_NODE) continue;
        if (added.hasAttribute("data-markup")) fill(added);
        added.querySelectorAll("[data-markup]").forEach(fill);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-markup"] });

  document.addEventListener("click", function (event) {
    const link = event.target.closest(".static-root a[href^='/']");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download") || link.rel === "external") return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  });
})();
