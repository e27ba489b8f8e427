// Moving through the pairs of a proposal by keys, which can be switched off; every key presses a link that is there.

const SWITCH = "mentormatch-keys";
const TYPING = "input, select, textarea, [contenteditable], dialog";

/** Which row is next when moving by so many from one of `count` rows; -1 is none yet. */
export function next(at, by, count) {
  if (count === 0) return -1;
  if (at < 0) return by > 0 ? 0 : count - 1;
  return Math.min(Math.max(at + by, 0), count - 1);
}

const isOn = () => localStorage.getItem(SWITCH) !== "off";

/** Takes the frame of a table whose rows hold links in elements that name their key, and the dialog that shows the keys. */
export function startKeys(frame) {
  const rows = [...frame.querySelectorAll("tbody > tr")];
  const help = document.getElementById(frame.dataset.keys);
  const place = `${SWITCH} ${window.location.pathname}`;
  const moves = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  let at = rows.findIndex((row) => row.id && row.id === sessionStorage.getItem(place));

  if (at >= 0) rows[at].classList.add("is-current");
  const go = (to) => {
    if (at >= 0) rows[at].classList.remove("is-current");
    at = to;
    rows[at].classList.add("is-current");
    rows[at].tabIndex = -1;
    rows[at].focus();
    sessionStorage.setItem(place, rows[at].id);
  };
  const press = (where, key) => where?.querySelector(`[data-key="${key}"] :is(a, button)`)?.click();
  const act = (event) => {
    if (event.key === "?") help.showModal();
    else if (event.key in moves) go(next(at, moves[event.key], rows.length));
    else if (event.key === "u") press(document, "u");
    else if (event.key === "Enter" && document.activeElement === rows[at]) press(rows[at], "Enter");
    else if (at >= 0 && ["l", "b"].includes(event.key)) press(rows[at], event.key);
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
    // Arrows scroll the page unless somebody is moving through the rows already.
    if (event.key.startsWith("Arrow") && !rows.includes(document.activeElement)) return;
    if (act(event)) event.preventDefault();
  });
  startSwitch(help);
}

function startSwitch(help) {
  const box = help.querySelector("[data-keys-on]");
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}
