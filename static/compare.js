// The keys n and p lead to the next and the previous change, unless switched off; the links beside each change do the same.
const changes = [...document.querySelectorAll(".change[id]")];
const keys = document.querySelector(".keys");

function move(step) {
  const top = changes.findIndex((change) => change.getBoundingClientRect().top > 8);
  const focused = changes.indexOf(document.activeElement.closest(".change[id]"));
  const first = top < 0 ? changes.length : top;
  const place = focused >= 0 ? focused + step : step > 0 ? first : first - 1;
  const change = changes[place];
  if (!change) return;
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "start" });
}

if (keys && changes.length) {
  keys.hidden = false;
  document.addEventListener("keydown", (event) => {
    const writing = event.target.matches("select, textarea, input:not([type=checkbox])");
    if (writing || event.ctrlKey || event.altKey || event.metaKey || !keys.querySelector("input").checked) return;
    if (event.key === "n") move(1);
    if (event.key === "p") move(-1);
  });
}
