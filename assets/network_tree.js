/* The tree of the network: one stop for the tab key, arrows within, right unfolds, left folds. */
(function () {
  "use strict";
  function items(tree) { return [...tree.querySelectorAll('[role="treeitem"]')]; }
  function seen(tree) {
    return items(tree).filter((one) => !one.parentElement.closest('[role="treeitem"][aria-expanded="false"]'));
  }
  function parent(item) { return item.parentElement.closest('[role="treeitem"]'); }
  function go(tree, item) {
    if (!item) return;
    items(tree).forEach((one) => { one.tabIndex = one === item ? 0 : -1; });
    item.focus();
  }
  function fold(item, open) { item.setAttribute("aria-expanded", String(open)); }
  function toggle(item) { fold(item, item.getAttribute("aria-expanded") === "false"); }
  function named(tree, item, letter) {
    const all = seen(tree), at = all.indexOf(item);
    const plain = (text) => text.trim().normalize("NFD").toLocaleLowerCase();
    return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((one) => plain(one.textContent).startsWith(letter));
  }
  /* What a key does; false where it means nothing here. */
  function answer(tree, item, key) {
    const all = seen(tree), at = all.indexOf(item), state = item.getAttribute("aria-expanded");
    if (key === "ArrowDown") go(tree, all[at + 1]);
    else if (key === "ArrowUp") go(tree, all[at - 1]);
    else if (key === "Home") go(tree, all[0]);
    else if (key === "End") go(tree, all[all.length - 1]);
    else if (key === "ArrowRight") { if (state === "false") fold(item, true); else if (state) go(tree, all[at + 1]); }
    else if (key === "ArrowLeft") { if (state === "true") fold(item, false); else go(tree, parent(item)); }
    else if ((key === "Enter" || key === " ") && state) toggle(item);
    else if (key === " ") item.click();
    else if (key.length === 1 && /\p{L}/u.test(key)) go(tree, named(tree, item, key.toLocaleLowerCase()));
    else return false;
    return true;
  }
  document.addEventListener("keydown", function (event) {
    const item = event.target.closest && event.target.closest('[role="treeitem"]');
    const tree = item && item.closest('[role="tree"]');
    if (!tree || event.ctrlKey || event.metaKey || event.altKey) return;
    if (answer(tree, item, event.key)) event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    const row = event.target.closest('[role="tree"] .tree-row');
    if (!row) return;
    toggle(row.parentElement);
    go(row.closest('[role="tree"]'), row.parentElement);
  });
})();
