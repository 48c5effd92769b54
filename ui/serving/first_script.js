// Runs before Streamlit. LABELS is filled in by document.py: pairs [Indonesian, English] of built-in labels.
// Streamlit's protobuf reader has a WebAssembly form of one function and a plain one; without the first, the content
// security policy need not allow code made at run time.
delete window.WebAssembly;
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
(function (labels) {
  function language() {
    return new URLSearchParams(location.search).getAll("bahasa").pop() === "en" ? 1 : 0;
  }
  function said(text, to) {
    for (const pair of labels) {
      const from = pair[1 - to];
      if (text === from) return pair[to];
      if (from.endsWith(" ") && text.startsWith(from)) return pair[to] + text.slice(from.length);
    }
    return text;
  }
  // A file may be named after a person's number; the page itself shows the name without it.
  function masked(text) {
    return text.replace(/\d{9,}|\d{8}[ ._-]\d{6}[ ._-]\d[ ._-]\d{3}/g, "\u2026");
  }
  function name(element, to) {
    const now = element.getAttribute("aria-label"), wanted = masked(said(now, to));
    if (wanted !== now) element.setAttribute("aria-label", wanted);
  }
  function sayUploader(root, to) {
    const place = "[data-testid=stFileUploader]";
    const areas = root.closest && root.closest(place) ? [root] : root.querySelectorAll(place);
    areas.forEach((area) => {
      const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        // The text node stays the same one: Streamlit goes on writing into it.
        const text = walker.currentNode, wanted = said(text.nodeValue, to);
        if (wanted !== text.nodeValue) text.nodeValue = to ? wanted : wanted.replace(" or smaller", "");
      }
    });
  }
  function nameAll(root) {
    const to = language();
    if (root.matches && root.matches("[aria-label]")) name(root, to);
    root.querySelectorAll("[aria-label]").forEach((element) => name(element, to));
    root.querySelectorAll("[data-testid=stSkipToContent]").forEach((element) => {
      element.textContent = said(element.textContent, to);
    });
    sayUploader(root, to);
  }
  function follow() {
    document.documentElement.lang = language() ? "en" : "id";
    nameAll(document);
  }
  for (const change of ["pushState", "replaceState"]) {
    const original = history[change];
    history[change] = function () {
      const answer = original.apply(this, arguments);
      follow();
      return answer;
    };
  }
  addEventListener("popstate", follow);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") name(change.target, language());
      else change.addedNodes.forEach((node) => node.nodeType === 1 && nameAll(node));
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
  follow();
})(LABELS);
