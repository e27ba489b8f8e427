// Shows what comes of a form while it is typed; without it a button of the form does the same.

const PAUSE = 400;
const AGAIN = 1500;

/** Keeps one part of a page up to date with the form it is of; an older answer never replaces a newer one. */
export function startPreview(place) {
  const form = document.getElementById(place.dataset.previewOf);
  if (!form) return;
  const status = document.querySelector(`[data-working-on="${place.id}"]`);
  let waiting = 0;
  let latest = 0;

  /** Says how far it is, in the page's own words: "begun", "goingOn", "done" or "failed". */
  function say(how, busy) {
    place.setAttribute("aria-busy", String(busy));
    if (status) status.textContent = status.dataset[how];
  }

  function later(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(show, pause);
  }

  async function show() {
    const mine = ++latest;
    say("begun", true);
    let how = "failed";
    let page = null;
    try {
      const answer = await fetch(place.dataset.previewAt, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      // The next key asks again, and the button is still there.
    }
    if (mine !== latest) return;
    if (page) {
      place.replaceChildren(...document.importNode(page.body, true).childNodes);
      how = "done";
    }
    const again = page && place.querySelector("[data-ask-again]");
    say(again ? "goingOn" : how, Boolean(again));
    if (again) later(AGAIN);
  }

  form.addEventListener("input", () => later(PAUSE));
  if ("previewNow" in place.dataset || place.querySelector("[data-ask-again]")) later(0);
}
