// Asks for a page again that says it is still being worked out; without script the browser's own refresh does it.

export function startAgain(place) {
  setTimeout(() => location.reload(), Number(place.dataset.reloadIn));
}
