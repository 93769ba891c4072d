// The list of cases.
(() => {
  const form = document.getElementById("scenario-controls");
  const groups = [...document.querySelectorAll(".group")].map((element) => ({ element, cases: [...element.querySelectorAll(".case")] }));
  const cases = groups.flatMap((group) => group.cases);
  const apply = narrow(form, cases, "cases",
    (element) => ({ verdict: [element.dataset.verdict], area: [element.parentElement.dataset.area], label: element.dataset.labels.split(" ") }),
    (element) => [element.querySelector("summary"), ...element.querySelectorAll(".find")].map((part) => part.textContent).join(" "),
    () => { for (const group of groups) group.element.hidden = group.cases.every((element) => element.hidden); });
  form.addEventListener("click", (event) => {
    const all = event.target.dataset.all;
    if (all) for (const element of cases) if (!element.hidden) element.open = all === "open";
  });
  // The numbers of the overview lead to what they count.
  for (const link of document.querySelectorAll("[data-show]")) {
    link.addEventListener("click", () => {
      form.reset();
      for (const box of form.querySelectorAll("[name=verdict]")) box.checked = box.value === link.dataset.show;
      apply();
    });
  }
})();
