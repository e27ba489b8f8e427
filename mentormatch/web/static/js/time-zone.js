// Proposes the time zone that the browser keeps, where nobody has chosen one yet.

/** Chooses the browser's own zone in an empty list of zones, if the list knows it. */
export function startTimeZone(select) {
  if (select.value !== "") return;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...select.options].find((one) => one.value === own);
  if (option) option.selected = true;
}
