// Ticking people in a list: the whole page at once, and how many are chosen, said as one goes.

/** Counts the ticks of a list's form, and lets one box tick the page. */
export function startChoosing(form) {
  const boxes = [...form.querySelectorAll("input[name=id]")];
  const page = form.querySelector("[data-choose-page]");
  const all = form.querySelector("[data-choose-all]");
  const status = form.querySelector("[data-chosen]");
  const usual = status.textContent;

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    page.checked = ticked === boxes.length;
    page.indeterminate = ticked > 0 && ticked < boxes.length;
    for (const box of [...boxes, page]) box.disabled = all.checked;
    const n = all.checked ? Number(status.dataset.chosen) : ticked;
    const words = n === 1 ? status.dataset.one : status.dataset.many;
    status.textContent = n ? words.replace("{n}", n) : usual;
  };

  page.closest("label").hidden = false;
  page.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
  });
  form.addEventListener("change", tell);
  // A browser that goes back puts the ticks where they were.
  addEventListener("pageshow", tell);
  tell();
}
