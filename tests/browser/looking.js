// Rules for the page that is open, as sentences about what breaks them. The tests put this into each page that they open.
(() => {
  const SMALLEST_TARGET = 24; // CSS px, WCAG 2.2, 2.5.8
  const OPERABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const words = (element) =>
    `<${element.tagName.toLowerCase()}${element.className ? ` class="${element.getAttribute("class")}"` : ""}> ${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}`;

  const hiddenFromEyes = (element) => {
    const style = getComputedStyle(element.closest(".visually-hidden, .skip") ?? element);
    return style.clipPath !== "none" || Boolean(element.closest(".visually-hidden, .skip:not(:focus)"));
  };

  const outline = (inShell) => {
    const wrong = [];
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
    const levels = headings.map((heading) => Number(heading.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${levels.filter((level) => level === 1).length} h1`);
    headings.forEach((heading, at) => {
      const before = levels[at - 1] ?? 0;
      // Sections that stand before the h1, such as a message, may have headings of their own.
      if (levels[at] > before + 1 && !(at === 0 && levels[0] === 2)) wrong.push(`h${before} is followed by ${words(heading)}`);
    });
    if (!document.documentElement.lang) wrong.push("no language");
    for (const part of document.querySelectorAll("[lang]"))
      if (!part.lang.trim()) wrong.push(`an empty language at ${words(part)}`);
    const landmarks = inShell ? ["header.masthead", "main#main", "footer.footer", "nav[aria-label]"] : ["main"];
    for (const landmark of landmarks)
      if (!document.querySelector(landmark)) wrong.push(`no ${landmark}`);
    const title = document.title.split("·")[0].trim();
    if (!title) wrong.push("no title");
    return wrong;
  };

  const inText = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, dd, td, th, figcaption, cite, blockquote, .help, .quiet, address, label, span");
    return Boolean(around && around.textContent.trim().length > element.textContent.trim().length);
  };

  // Where a small target's circle of 24 px meets no other target, the room around it is enough (2.5.8, "Spacing").
  const hasRoom = (box, others) => {
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    const half = SMALLEST_TARGET / 2;
    return others.every((other) => {
      const dx = Math.max(other.left - x, x - other.right, 0);
      const dy = Math.max(other.top - y, y - other.bottom, 0);
      return Math.hypot(dx, dy) >= half;
    });
  };

  const labelOf = (element) => (element.labels?.[0] && /checkbox|radio/.test(element.type) ? element.labels[0] : null);

  const targets = () => {
    const operable = [...document.querySelectorAll(OPERABLE)].filter((element) => shown(element) && !hiddenFromEyes(element));
    const boxes = new Map(operable.map((element) => [element, element.getBoundingClientRect()]));
    const small = operable.filter((element) => {
      const box = boxes.get(element);
      const label = labelOf(element)?.getBoundingClientRect();
      if (label && label.height >= SMALLEST_TARGET && label.width >= SMALLEST_TARGET) return false;
      return box.width && (box.width < SMALLEST_TARGET - 0.5 || box.height < SMALLEST_TARGET - 0.5) && !inText(element);
    });
    return small
      .filter((element) => {
        const others = operable.filter((other) => other !== element && !other.contains(element) && !element.contains(other));
        return !hasRoom(boxes.get(element), others.map((other) => boxes.get(other)));
      })
      .map((element) => {
        const box = boxes.get(element);
        return `a target of ${Math.round(box.width)} × ${Math.round(box.height)} px: ${words(element)}`;
      });
  };

  const textBoxes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
      node.data.trim() && shown(node.parentElement) && !hiddenFromEyes(node.parentElement) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
    );
    const boxes = [];
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      boxes.push(...range.getClientRects());
    }
    return boxes;
  };

  // Art may be cut by what frames it; words may not, unless they end in an ellipsis at a line's end that is meant.
  const clipped = () =>
    [...document.querySelectorAll("main, main *, header *, footer *")]
      .filter((element) => {
        const style = getComputedStyle(element);
        const cuts = [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
        if (!cuts || style.webkitLineClamp !== "none" || !shown(element) || hiddenFromEyes(element)) return false;
        if (element.closest("svg, video, select")) return false;
        const frame = element.getBoundingClientRect();
        return textBoxes(element).some(
          (box) => box.right > frame.right + 1.5 || box.left < frame.left - 1.5 || box.bottom > frame.bottom + 4 || box.top < frame.top - 4,
        );
      })
      .map((element) => `cut off: ${words(element)}`);

  const scrolls = (element) => {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement)
      if (getComputedStyle(around).overflowX !== "visible") return true;
    return false;
  };

  const overhang = () => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (over <= 0) return [];
    const widest = [...document.querySelectorAll("body *")].filter(
      (element) =>
        shown(element) && !scrolls(element) && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
    );
    return [`${over} px too wide: ${widest.slice(0, 3).map(words).join(" | ")}`];
  };

  const moving = () =>
    document
      .getAnimations()
      .filter((animation) => animation.playState === "running" && animation.effect.getComputedTiming().activeDuration > 10)
      .map((animation) => `moves although that is unwanted: ${words(animation.effect.target)}`);

  // A changed theme or width is drawn with the next frame.
  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

  // What is personal comes after the page, and the form at its foot when that comes near.
  const filled = async () => {
    scrollTo(0, document.body.scrollHeight);
    const missing = () => {
      const answered = new Set(performance.getEntriesByType("resource").filter((entry) => entry.responseEnd).map((entry) => entry.name));
      return [...document.querySelectorAll("[data-fragment]")].some((slot) => !answered.has(new URL(slot.dataset.fragment, location).href));
    };
    for (let turn = 0; turn < 100 && missing(); turn++) await new Promise((done) => setTimeout(done, 20));
    scrollTo(0, 0);
    await settled();
  };

  // What stands beyond the edge, and nothing around it can be scrolled: Wagtail hides what its main part is too narrow for.
  const cutOff = () => {
    const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll("main td, main th, main p, main li, main a, main button, main input")]
      .filter((element) => shown(element) && !hiddenFromEyes(element) && !element.closest(".w-sr-only, svg"))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
      .map((element) => `cut off at the edge: ${words(element)}`);
  };

  const layout = () => [...overhang(), ...targets(), ...clipped(), ...moving()];

  // The stop that the Tab key has come to: [name, it shows its focus, it follows the last one, it can be seen], or null
  // where the page ends. A radio button that stands for its group may show the focus at its label.
  let last = null;
  const ringed = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  };

  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const around = [element, element.closest("label, .search-form, .chip, .choice"), ...(element.labels ?? [])].filter(Boolean);
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    const inSight = Boolean(top) && (element.contains(top) || top.contains(element) || around.some((each) => each.contains(top)));
    const inOrder = !last?.isConnected || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    last = element;
    return [words(element), around.some(ringed), inOrder, inSight];
  };

  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  globalThis.portalRules = { outline, layout, cutOff, settled, filled, stop, wear: (css) => sheet.replaceSync(css) };
})();
