// Buttons move a lesson up or down and number all anew; without them the numbers are written by hand.
const list = document.querySelector(".lessons");

function renumber() {
  [...list.children].forEach((lesson, place) => {
    lesson.querySelector(".order").value = place + 1;
  });
}

function move(lesson, step) {
  const other = step < 0 ? lesson.previousElementSibling : lesson.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(lesson);
  else other.after(lesson);
  renumber();
  list.querySelectorAll(".moved").forEach((one) => one.classList.remove("moved"));
  lesson.classList.add("moved");
}

if (list) {
  list.querySelectorAll(".move").forEach((buttons) => {
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      move(button.closest(".lesson"), Number(button.dataset.step));
      button.focus();
    });
  });
}
