// Chooses the browser's own time zone, as long as the person has chosen none.
const select = document.querySelector("[data-time-zone]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (select?.closest("[data-guess-time-zone]") && guess) {
  if (![...select.options].some((option) => option.value === guess)) {
    select.prepend(new Option(guess.replaceAll("_", " "), guess));
  }
  select.value = guess;
}
