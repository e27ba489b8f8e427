// A box that narrows a table to the rows that hold what is typed.

/** Lower case without accents, so that "jose" finds "José". */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Shows the box and narrows its table as one types. */
export function startFilters(box) {
  const table = document.getElementById(box.dataset.filters);
  if (!table) return;
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const texts = rows.map((row) => plain(row.textContent));
  const status = box.querySelector("[role=status]");

  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const words = plain(event.target.value).split(/\s+/).filter(Boolean);
    const fits = texts.map((text) => words.every((word) => text.includes(word)));
    rows.forEach((row, i) => { row.hidden = !fits[i]; });
    const told = status.dataset.words.replace("{shown}", fits.filter(Boolean).length).replace("{all}", rows.length);
    status.textContent = words.length ? told : "";
  });
}
