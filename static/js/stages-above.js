// Ticks, in the editor of a path, the stages above a stage that come first. What is sent are keys, which stay the same
// when stages are moved; a stage that was just added gets its key here.
const CHILD = "[data-inline-panel-child]";
const newKey = () => crypto.randomUUID().replaceAll("-", "");
// A field of the stage itself, not of one of its steps.
const within = (stage, name) =>
  [...stage.querySelectorAll(`input[name$="-${name}"]`)].find((field) => /^stages-\d+-[A-Za-z]+$/.test(field.name));
const isGone = (stage) => within(stage, "DELETE")?.value === "1";

class StagesAbove extends HTMLElement {
  connectedCallback() {
    this.stage = this.closest(CHILD);
    this.list = this.stage?.parentElement;
    if (!this.list || this.closest("template")) return;
    const key = within(this.stage, "key");
    if (!key.value || this.#isTaken(key.value)) key.value = newKey();
    this.field = this.querySelector("input[type=hidden]");
    this.watch = new MutationObserver(() => this.draw());
    this.watch.observe(this.list, { childList: true, subtree: true, attributes: true, attributeFilter: ["value"] });
    this.onInput = (event) => { if (event.target.name?.endsWith("-title")) this.draw(); };
    this.list.addEventListener("input", this.onInput);
    this.addEventListener("change", (event) => this.#choose(event));
    this.draw();
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    this.list?.removeEventListener("input", this.onInput);
  }

  #isTaken(key) {
    return [...this.list.querySelectorAll(`:scope > ${CHILD}`)].some(
      (other) => other !== this.stage && within(other, "key")?.value === key,
    );
  }

  #chosen() {
    try {
      const keys = JSON.parse(this.field.value || "[]");
      return new Set(Array.isArray(keys) ? keys : []);
    } catch {
      return new Set();
    }
  }

  #choose(event) {
    if (event.target.type !== "checkbox") return;
    const chosen = this.#chosen();
    if (event.target.checked) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    this.field.value = JSON.stringify([...chosen]);
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Stages above, and those further down that were chosen before they were moved there: the editor unticks them.
  #offered() {
    const stages = [...this.list.querySelectorAll(`:scope > ${CHILD}`)];
    const here = stages.indexOf(this.stage);
    const chosen = this.#chosen();
    return stages
      .map((stage, index) => ({ index, stage, key: within(stage, "key")?.value, below: index > here }))
      .filter(({ index, stage, key, below }) => index !== here && key && !isGone(stage) && (!below || chosen.has(key)))
      .map((offer) => ({ ...offer, title: within(offer.stage, "title")?.value.trim() ?? "", chosen: chosen.has(offer.key) }));
  }

  draw() {
    const offered = this.#offered();
    const state = JSON.stringify(offered.map(({ index, key, title, below, chosen }) => [index, key, title, below, chosen]));
    if (state === this.state) return;
    this.state = state;
    const focused = this.contains(document.activeElement) ? document.activeElement.value : "";
    const choices = this.querySelector("[data-choices]");
    choices.replaceChildren(...offered.map((offer) => this.#choice(offer)));
    this.querySelector("[data-none]").hidden = offered.length > 0;
    if (focused) choices.querySelector(`input[value="${focused}"]`)?.focus();
  }

  #choice({ index, key, title, below, chosen }) {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: key, checked: chosen });
    const words = below ? this.dataset.below : this.dataset.above;
    label.append(box, ` ${words.replace("%(number)s", index + 1).replace("%(title)s", title)}`);
    return label;
  }
}

customElements.define("stages-above", StagesAbove);
