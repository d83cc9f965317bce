/* Forms that lead to a view: data-navigates names the page, their fields become its address. */
(function () {
  "use strict";
  function follow(form) {
    const parts = new URLSearchParams();
    form.querySelectorAll("select, input").forEach(function (field) {
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
      if (field.value !== "" && field.value !== field.dataset.default) parts.append(field.name, field.value);
    });
    const search = parts.toString() ? "?" + parts.toString() : "";
    if (search === location.search) return;
    window.history.pushState({}, "", form.dataset.navigates + search);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  document.addEventListener("change", function (event) {
    const form = event.target.closest && event.target.closest("form[data-navigates]");
    if (form) follow(form);
  });
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-navigates]")) return;
    event.preventDefault();
    follow(event.target);
  });
})();
