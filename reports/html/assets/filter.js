"use strict";
// A list that a form narrows. Each item is an element with facts in data attributes;
// of(element) gives the facts that choices compare, text(element) what a search sees.
function narrow(form, elements, noun, of, text, after) {
  const items = elements.map((element) => ({ element, facts: of(element), text: null }));
  const status = form.querySelector("[role=status]");
  const nothing = document.querySelector(`[data-clear="${form.id}"]`).parentElement;
  const seen = (item) => item.text ??= text(item.element).toLowerCase();

  function apply() {
    const wanted = new FormData(form);
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    const choices = [...new Set(wanted.keys())].filter((name) => name !== "text")
      .map((name) => [name, wanted.getAll(name).filter(Boolean)]).filter(([, values]) => values.length > 0);
    let shown = 0;
    for (const item of items) {
      const fits = choices.every(([name, values]) => values.some((value) => item.facts[name].includes(value))) &&
        (words.length === 0 || words.every((word) => seen(item).includes(word)));
      if (fits) shown++;
      if (item.element.hidden === fits) item.element.hidden = !fits;
    }
    status.textContent = shown === items.length ? `${shown} ${noun}` : `${shown} of ${items.length} ${noun}`;
    nothing.hidden = shown > 0 || items.length === 0;
    if (after) after();
  }
  // What a search sees is gathered while nobody waits for it.
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 0));
  let next = 0;
  function gather() {
    for (const end = Math.min(next + 100, items.length); next < end; next++) seen(items[next]);
    if (next < items.length) idle(gather);
  }
  idle(gather);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  nothing.firstElementChild.addEventListener("click", () => { form.reset(); form.elements.text.focus(); });
  return apply;
}
