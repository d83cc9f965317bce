/* "Save this view": asks for a short address of what is shown, and offers it to copy. */
(function () {
  "use strict";
  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-save-page]");
    if (!button) return;
    const output = button.parentElement.querySelector(".saved-address");
    const answer = await fetch("/views", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ page: button.dataset.savePage, search: button.dataset.saveSearch }),
    }).catch(() => null);
    const found = answer ? await answer.json().catch(() => null) : null;
    if (!answer || !answer.ok || !found) {
      output.textContent = (found && found.detail) || button.dataset.failed;
      return;
    }
    const address = location.origin + found.address;
    const link = document.createElement("a");
    link.href = found.address;
    link.textContent = address;
    output.replaceChildren(link);
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(address).then(
        () => output.append(" " + button.dataset.copied),
        () => {},
      );
    }
  });
})();
