// Marks in the contents where the reader is, and copies citations. The pages are whole without it.
const entries = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (part) entries.set(part, link);
}

function mark(part) {
  for (const link of entries.values()) link.removeAttribute("aria-current");
  const link = entries.get(part);
  link.setAttribute("aria-current", "true");
  const frame = link.closest(".beside");
  const above = link.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  if (above < 80 || above > frame.clientHeight - 80) frame.scrollTop += above - frame.clientHeight / 3;
}

const inView = new Set();
const watcher = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) inView[isIntersecting ? "add" : "delete"](target);
  const first = [...entries.keys()].find((part) => inView.has(part));
  if (first) mark(first);
}, { rootMargin: "-48px 0px -60% 0px" });
for (const part of entries.keys()) watcher.observe(part);

// A browser lends the clipboard to safe origins alone; elsewhere one click selects a whole citation.
for (const drawer of navigator.clipboard ? document.querySelectorAll(".cite") : []) {
  for (const form of drawer.querySelectorAll("section")) {
    const button = document.createElement("button");
    const name = form.querySelector("h2");
    button.type = "button";
    button.textContent = drawer.dataset.copy;
    button.setAttribute("aria-label", `${drawer.dataset.copy}: ${name.textContent}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(form.querySelector("pre").textContent);
      said.textContent = `${drawer.dataset.copied}: ${name.textContent}`;
      button.textContent = drawer.dataset.copied;
    });
    form.append(button);
  }
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "aside";
  drawer.append(said);
}
