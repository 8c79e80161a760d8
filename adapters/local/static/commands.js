// Shows the commands while one is being typed. Arrow keys lead from the composer into the list and back.

const BEGUN = /^\s*\/([a-z]*)$/i;

export function offerCommands(field, menu) {
  const all = [...menu.querySelectorAll("[data-command]")];
  const offered = () => all.filter((button) => !button.hidden);

  function offer() {
    const begun = BEGUN.exec(field.value)?.[1].toLowerCase();
    for (const button of all) button.hidden = begun === undefined || !button.dataset.command.startsWith(begun);
    menu.hidden = !offered().length || offered().some((button) => button.dataset.command === begun);
  }

  function take(button) {
    field.value = `/${button.dataset.command} `;
    menu.hidden = true;
    field.focus();
  }

  function step(from, by) {
    const stops = [field, ...offered()];
    stops[(stops.indexOf(from) + by + stops.length) % stops.length].focus();
  }

  field.addEventListener("input", offer);
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (button) take(button);
  });
  document.addEventListener("keydown", (event) => {
    if (menu.hidden || !(event.target === field || menu.contains(event.target))) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.target, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      menu.hidden = true;
      field.focus();
    }
  });
}
