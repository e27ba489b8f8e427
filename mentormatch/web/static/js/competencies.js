// The sixteen competencies: a live count of strengths and gaps, and targets that follow the position aimed at.

const chosen = (row, kind) => {
  const radio = row.querySelector(`.${kind}:checked`);
  return radio ? Number(radio.value) : null;
};

/** Counts rated competencies, strengths and gaps among the rows; pure but for reading the radios. */
export function count(rows, teachLevel) {
  const totals = { rated: 0, strengths: 0, gaps: 0 };
  for (const row of rows) {
    const level = chosen(row, "level-now");
    const target = chosen(row, "level-aim");
    if (level === null) continue;
    totals.rated += 1;
    if (level >= teachLevel) totals.strengths += 1;
    if (target !== null && target > level) totals.gaps += 1;
  }
  return totals;
}

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);

/** The form of "one|several" that fits the number, with the number in it. */
const counted = (forms, n) => filled(forms.split("|")[n === 1 ? 0 : 1], { n });

/** Says the totals in one sentence; `words` are those of the page, in the reader's language. */
export function sentence({ rated, strengths, gaps }, all, words) {
  const parts = { strengths: counted(words.strengths, strengths), gaps: counted(words.gaps, gaps) };
  return filled(words.rated, { rated, all, ...parts });
}

const positionOf = (fields) => {
  const field = [...fields].find((one) => one.type !== "radio" || one.checked);
  return field ? field.value : "";
};

/** Fills the targets of the position, leaving alone those in `changed`. */
function fillTargets(rows, usual, changed) {
  for (const row of rows) {
    const key = row.dataset.competency;
    if (changed.has(key) || !(key in usual)) continue;
    const radio = row.querySelector(`.level-aim[value="${usual[key]}"]`);
    if (radio) radio.checked = true;
  }
}

/** The competencies whose shown target differs from what the position usually asks for: somebody chose it. */
function changedByHand(rows, usual) {
  const differs = (row) => {
    const target = chosen(row, "level-aim");
    return target !== null && target !== usual[row.dataset.competency];
  };
  return new Set([...rows].filter(differs).map((row) => row.dataset.competency));
}

/** Keeps one form's count and targets up to date. */
export function startCompetencies(root) {
  const rows = root.querySelectorAll("[data-competency]");
  const words = root.querySelector("[data-tally]");
  const filledFor = root.querySelector("[data-targets-for]");
  const defaults = JSON.parse(root.querySelector("[data-defaults]").textContent);
  const teachLevel = Number(root.dataset.teachLevel);
  const positions = root.closest("form")?.querySelectorAll(`[name="${root.dataset.positionField}"]`) ?? [];
  const changed = changedByHand(rows, defaults[filledFor.value] ?? {});

  const tell = () => {
    const said = sentence(count(rows, teachLevel), rows.length, words.dataset);
    if (words.textContent !== said) words.textContent = said;
  };
  const follow = () => {
    const position = positionOf(positions);
    if (!(position in defaults)) return;
    fillTargets(rows, defaults[position], changed);
    filledFor.value = position;
    tell();
  };

  root.addEventListener("change", (event) => {
    if (event.target.matches(".level-aim")) changed.add(event.target.closest("[data-competency]").dataset.competency);
    tell();
  });
  for (const field of positions) field.addEventListener("change", follow);
  follow();
  tell();
}
