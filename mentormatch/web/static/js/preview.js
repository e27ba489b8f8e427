// Shows a text as a mail while it is typed; without it the Preview button does the same.

const PAUSE = 400;

/** Keeps one preview up to date with the form it is of; an older answer never replaces a newer one. */
export function startPreview(place) {
  const form = document.getElementById(place.dataset.previewOf);
  if (!form) return;
  let waiting = 0;
  let latest = 0;

  async function show() {
    const mine = ++latest;
    try {
      const answer = await fetch(place.dataset.previewAt, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === latest) place.replaceChildren(...document.importNode(page.body, true).childNodes);
    } catch {
      // The next key asks again, and the button is still there.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}
