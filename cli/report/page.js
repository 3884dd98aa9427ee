"use strict";
// Filters steps by risk and folds their SQL. Without it the page shows everything, folded.
(() => {
  const controls = document.querySelector(".controls");
  if (!controls) return;
  controls.hidden = false;
  const steps = [...document.querySelectorAll(".step")];
  const boxes = [...controls.querySelectorAll("input[type=checkbox]")];
  const count = controls.querySelector("output");
  const filter = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const step of steps) {
      step.hidden = !wanted.has(step.dataset.risk);
      if (!step.hidden) ++shown;
    }
    count.textContent = shown + " of " + steps.length + " shown";
  };
  for (const box of boxes) box.addEventListener("change", filter);
  for (const button of controls.querySelectorAll("button"))
    button.addEventListener("click", () => {
      for (const details of document.querySelectorAll("main details"))
        details.open = button.dataset.open === "true";
    });
  filter();
})();
