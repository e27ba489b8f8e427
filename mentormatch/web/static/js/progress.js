// Asks for the progress of a piece of work each second and shows it until it is finished.

const EVERY = 1000;
const SLOWER = 5000;

/** Brings the new state into the old element; the live words change only when they say something new. */
function show(root, fresh) {
  const [words, now] = [root, fresh].map((one) => one.querySelector("[data-stage]"));
  if (words.textContent.trim() !== now.textContent.trim()) words.textContent = now.textContent.trim();
  root.querySelector("progress").value = fresh.querySelector("progress").value;
  const [old, elapsed] = [root, fresh].map((one) => one.querySelector("[data-elapsed]"));
  if (old && elapsed) old.textContent = elapsed.textContent;
  root.querySelector(".stages").replaceWith(fresh.querySelector(".stages"));
}

async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-progress]");
  if (!fresh) throw new Error("The answer holds no progress");
  return document.importNode(fresh, true);
}

/** Follows one progress element to its end; a lost connection is tried again more slowly. */
export function startProgress(root) {
  const address = root.dataset.poll;
  if (!address) return;
  const again = (wait) => setTimeout(step, wait);

  async function step() {
    try {
      const fresh = await ask(address);
      show(root, fresh);
      if (fresh.dataset.then) window.location.assign(fresh.dataset.then);
      else if (fresh.dataset.poll) again(EVERY);
    } catch {
      again(SLOWER);
    }
  }

  again(EVERY);
}
