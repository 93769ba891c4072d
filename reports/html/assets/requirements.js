// The table of requirements.
(() => {
  const form = document.getElementById("requirement-controls");
  const rows = [...document.querySelectorAll(".requirements tbody tr")];
  const apply = narrow(form, rows, "requirements",
    ({ dataset }) => ({ area: [dataset.area], outcome: [dataset.outcome], level: [dataset.level], class: [dataset.class] }),
    (element) => element.textContent);
  for (const link of document.querySelectorAll("a[data-outcome]")) {
    link.addEventListener("click", () => {
      form.reset();
      form.elements.outcome.value = link.dataset.outcome;
      apply();
    });
  }
})();
