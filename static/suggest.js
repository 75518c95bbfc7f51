// Offers phrases that go on from what is being written; the form works without it.
const field = document.querySelector("[data-suggestions]");
const list = document.getElementById("suggestions");
let waiting;

async function suggest() {
  const address = new URL(field.dataset.suggestions, location.href);
  address.searchParams.set("q", field.value);
  const day = field.form.elements.on.value;
  if (day) address.searchParams.set("on", day);
  const asked = field.value;
  const answer = await fetch(address);
  if (!answer.ok || field.value !== asked) return;
  const [, phrases] = await answer.json();
  list.replaceChildren(...phrases.map((phrase) => new Option(phrase, phrase)));
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 120);
});
