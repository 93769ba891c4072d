// A link to a case or a requirement shows it, also when a filter hides it. A case is
// unfolded and its first line is brought into view.
(() => {
  function show() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && document.getElementById(name);
    if (!target) return;
    const hidden = target.closest("[hidden]");
    if (hidden) hidden.closest("main > section").querySelector("form").reset();
    const folded = target.closest("details.case");
    if (!folded) { if (hidden) setTimeout(() => target.scrollIntoView(), 0); return; }
    folded.open = true;
    // After the filters are cleared and what was out of sight has its true size.
    setTimeout(() => {
      folded.scrollIntoView();
      folded.querySelector("summary").focus({ preventScroll: true });
      requestAnimationFrame(() => folded.scrollIntoView());
    }, 0);
  }
  addEventListener("hashchange", show);
  // A link to where one is already does not change the address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) show();
  });
  // The browser goes to the place by itself while it loads; what comes later stays.
  if (document.readyState === "complete") show();
  else addEventListener("load", () => requestAnimationFrame(show));
})();
