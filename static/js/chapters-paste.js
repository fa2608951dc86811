// Turns pasted lines of time and title into rows of the chapters' form.
const LINE = /^\s*[[(]?((?:\d{1,2}:)?\d{1,3}:\d{2})[\])]?[\s–—|-]+(\S.*)$/u;

const newRow = (time, title) => {
  document.querySelector("#id_chapters-ADD").click();
  const number = Number(document.querySelector("#id_chapters-TOTAL_FORMS").value) - 1;
  for (const [name, value] of [["start", time], ["title", title]]) {
    const field = document.querySelector(`#id_chapters-${number}-${name}`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
};

const start = (box) => {
  const text = box.querySelector("textarea");
  const said = box.querySelector("[role=status]");
  box.querySelector("[data-chapters-add]").addEventListener("click", () => {
    const lines = text.value.split("\n").filter((line) => line.trim());
    const left = [];
    for (const line of lines) {
      const found = LINE.exec(line);
      if (found) newRow(found[1], found[2].trim().slice(0, 120));
      else left.push(line);
    }
    text.value = left.join("\n");
    const words = [said.dataset.added.replace("%(count)s", lines.length - left.length)];
    if (left.length) words.push(said.dataset.unread.replace("%(count)s", left.length));
    said.textContent = words.join(" ");
  });
};

for (const box of document.querySelectorAll("[data-chapters-paste]")) start(box);
