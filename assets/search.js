/* The search box of the header: a combobox after the WAI-ARIA Authoring Practices. Matches come
   from our own API while one types; without script the form opens /search. */
(function () {
  "use strict";
  const FORM = "frame-search", WAIT_MS = 90, SHOWN = 8;
  let timer = null, asked = null, shownText = "", lastAddress = "", steps = [];

  const form = () => document.getElementById(FORM);
  const box = () => document.getElementById(FORM + "-box");
  const list = () => document.getElementById(FORM + "-list");
  const popup = () => form().querySelector(".search-popup");
  const options = () => Array.from(list().querySelectorAll("[role=option]"));
  const active = () => list().querySelector("[aria-selected=true]");
  const isOpen = () => !popup().hidden;
  const typed = () => box().value.trim();

  function make(tag, className, text) {
    const node = document.createElement(tag);
    node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    steps = [];
    if (!form()) return;
    popup().hidden = true;
    box().setAttribute("aria-expanded", "false");
    choose(null);
  }
  function open() {
    popup().hidden = false;
    box().setAttribute("aria-expanded", String(options().length > 0));
  }
  function choose(option) {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (!option) { box().removeAttribute("aria-activedescendant"); return; }
    box().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  /* A move on matches that are about to be replaced waits for those that come: what is chosen in
     the end does not depend on how fast they came. */
  function move(step) {
    if (typed() !== shownText) { steps.push(step); return; }
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(active());
    choose(at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[at + step] || null);
  }

  /* Where a match lies is another address of the same application. */
  function go(href, event) {
    if (event && (event.metaKey || event.ctrlKey || event.shiftKey)) { window.open(href, "_blank"); return; }
    close();
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (!href.includes("#")) window.scrollTo(0, 0);
    document.getElementById("frame-main").focus({ preventScroll: true });
  }
  const pageOf = (text) => "/search?" + new URLSearchParams({ q: text }).toString();

  function optionOf(match, number) {
    const option = make("div", "search-option");
    option.id = FORM + "-option-" + number;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = match.href;
    if (match.region) {
      const dot = make("span", match.evidence === "D" ? "dot dot-hollow" : "dot");
      dot.dataset.region = match.region;
      dot.setAttribute("aria-hidden", "true");
      option.append(dot);
    }
    option.append(make("bdi", "search-name", match.name));
    const small = [match.detail, match.why].filter(Boolean).join(" · ");
    if (small) option.append(document.createTextNode(" "), make("span", "search-why", small));
    return option;
  }
  function groupOf(title, number) {
    const group = make("div", "search-group");
    const heading = make("div", "search-group-title", title);
    heading.id = FORM + "-group-" + number;
    heading.setAttribute("role", "presentation");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", heading.id);
    group.append(heading);
    return group;
  }
  function show(answer, text) {
    const words = form().dataset, nearest = !answer.data.length;
    const groups = new Map();
    list().replaceChildren();
    (nearest ? answer.near : answer.data).forEach(function (match, number) {
      const title = nearest ? words.near : match.kind_title;
      if (!groups.has(title)) groups.set(title, groupOf(title, groups.size));
      groups.get(title).append(optionOf(match, number));
    });
    list().append(...groups.values());
    if (answer.total > answer.data.length) {
      const all = make("div", "search-option search-all", words.all.replace("{count}", answer.total));
      all.id = FORM + "-option-all";
      all.setAttribute("role", "option");
      all.setAttribute("aria-selected", "false");
      all.dataset.href = pageOf(text);
      list().append(all);
    }
    tell(nearest ? words.nothing : "");
    announce(answer.summary);
    shownText = text;
    choose(null);
    openAndMove();
  }
  function openAndMove() {
    open();
    steps.splice(0).forEach(move);
  }
  function tell(words) {
    const note = form().querySelector(".search-note");
    note.textContent = words;
    note.hidden = !words;
  }
  function announce(words) { form().querySelector(".search-status").textContent = words; }

  async function ask() {
    const text = typed();
    if (asked) asked.abort();
    if (!text) { close(); list().replaceChildren(); shownText = ""; announce(""); return; }
    if (text === shownText && list().childElementCount) { openAndMove(); return; }
    const mine = (asked = new AbortController());
    try {
      const address = "/api/v1/search?" + new URLSearchParams({ q: text, limit: SHOWN }).toString();
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const content = await answer.json();
      /* A stale answer is dropped: another was asked for, or the reader has gone on. */
      if (mine.signal.aborted || text !== typed() || document.activeElement !== box()) return;
      show(content, text);
    } catch (error) {
      if (error.name === "AbortError") return;
      list().replaceChildren();
      shownText = "";
      steps = [];
      tell(form().dataset.failed);
      announce(form().dataset.failed);
      open();
    }
  }

  document.addEventListener("input", function (event) {
    if (event.target !== box()) return;
    clearTimeout(timer);
    steps = [];
    choose(null);
    timer = setTimeout(ask, WAIT_MS);
  });
  document.addEventListener("keydown", function (event) {
    if (!form()) return;
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
    if (event.target !== box()) {
      /* With Ctrl or Command: a key alone would catch what speech input and chance type. */
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
      if (asked && !document.querySelector("dialog[open]")) {
        event.preventDefault();
        box().focus();
        box().select();
      }
      return;
    }
    if (event.isComposing || !plain) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (isOpen()) move(step);
      else { steps.push(step); ask(); }
    } else if (event.key === "Escape") {
      if (isOpen()) { event.preventDefault(); event.stopPropagation(); close(); announce(""); }
      else if (box().value) { event.preventDefault(); box().value = ""; ask(); }
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      go(active().dataset.href, event);
    } else if (event.key === "Tab") {
      close();
    }
  }, true);
  document.addEventListener("submit", function (event) {
    if (event.target !== form()) return;
    event.preventDefault();
    const text = typed();
    go(text ? pageOf(text) : "/search");
  });
  /* The box keeps the focus while an option is pressed. */
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest("#" + FORM + " .search-popup")) event.preventDefault();
    else if (form() && isOpen() && !event.target.closest("#" + FORM)) close();
  });
  document.addEventListener("click", function (event) {
    const option = event.target.closest("#" + FORM + " [role=option]");
    if (option) go(option.dataset.href, event);
  });
  document.addEventListener("focusin", function (event) {
    if (form() && !event.target.closest("#" + FORM)) close();
  });

  /* On /search the box holds the text of the address; elsewhere it is empty. */
  function follow() {
    const address = location.pathname + location.search;
    if (!form() || address === lastAddress) return;
    lastAddress = address;
    close();
    box().value = location.pathname === "/search" ? new URLSearchParams(location.search).get("q") || "" : "";
    shownText = "";
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("_dashprivate_pushstate", follow);
  const waiting = new MutationObserver(function () {
    if (form()) { waiting.disconnect(); follow(); }
  });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})();
