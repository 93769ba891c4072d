// Unfolds everything for paper where the style cannot.
if (!CSS.supports("selector(::details-content)")) {
  const folded = [];
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll("details:not([open])")) { element.open = true; folded.push(element); }
  });
  addEventListener("afterprint", () => { for (const element of folded.splice(0)) element.open = false; });
}
