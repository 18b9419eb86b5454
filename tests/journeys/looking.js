// What the journeys ask a page about itself; each function gives back what is wrong, as words.
window.looking = (() => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const SPACING =
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;" +
    " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }";

  const called = (element) => {
    const text = (element.innerText || element.name || element.id || "").trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}.${element.className || "?"} "${text}"`;
  };
  const hiddenFromSight = (element) =>
    element.closest(".govuk-visually-hidden, .app-skip-link, [hidden], .app-table > thead, option");
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
    element.getClientRects().length > 0 &&
    !hiddenFromSight(element);

  // Text that reaches beyond the window, or that its own box cuts off.
  function cutOff() {
    const wrong = [];
    if (document.documentElement.scrollWidth > innerWidth) wrong.push("the page scrolls sideways");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !isSeen(element) || element.closest("svg")) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const text = range.getBoundingClientRect();
      const ellipsis = element.closest(".app-account__name");
      if (text.width > 1 && !ellipsis && isCut(element, text)) wrong.push(`cut off: ${called(element)}`);
    }
    return wrong;
  }

  function isCut(element, text) {
    if (text.right > innerWidth + 1 || text.left < -1) return !scrolls(element);
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return false;
      if (/hidden|clip/.test(style.overflowX) && text.right > edge.right + 1) return true;
      if (/hidden|clip/.test(style.overflowY) && text.bottom > edge.bottom + 3) return true;
    }
    return false;
  }

  function scrolls(element) {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  }

  function spaced(on) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(on ? SPACING : "");
    document.adoptedStyleSheets = [sheet];
  }

  // The ring lies at the element, or at what is drawn in its place.
  function ringOf(element) {
    const label = element.labels?.[0];
    const item = element.closest(".govuk-radios__item, .govuk-checkboxes__item");
    const drawn = [[element, null], [element, "::after"], [label, "::before"], [item, null]];
    return drawn.some(([place, part]) => {
      if (!place) return false;
      const style = getComputedStyle(place, part);
      const opaque = part || place !== element || style.opacity !== "0";
      return opaque && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  }

  function isCovered(element) {
    const label = element.labels?.[0];
    const whole = element.getClientRects()[0];
    // Of what is higher than the window, the part in it counts.
    const top = Math.max(whole.top, 0);
    const box = { left: whole.left, width: whole.width, top, height: Math.min(whole.bottom, innerHeight) - top };
    const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2]];
    return !spots.some(([x, y]) => {
      const seen = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return seen && (element.contains(seen) || seen.contains(element) || label?.contains(seen));
    });
  }

  // In the order of the page and backwards, since a bar at the top covers only the way back.
  function focus() {
    const wrong = new Set();
    const all = [...document.querySelectorAll(FOCUSABLE)].filter(
      (element) => !element.disabled && element.type !== "hidden" && element.tabIndex >= 0 &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    for (const element of [...all, ...all.reverse()]) {
      element.focus({ focusVisible: true });
      if (document.activeElement !== element) continue;
      if (!ringOf(element)) wrong.add(`no ring: ${called(element)}`);
      if (isCovered(element)) wrong.add(`covered: ${called(element)}`);
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    for (const element of document.querySelectorAll("[tabindex]")) {
      if (element.tabIndex > 0) wrong.add(`out of order: ${called(element)}`);
    }
    return [...wrong];
  }

  // Of the element that has the focus now.
  function here() {
    const element = document.activeElement;
    if (element === document.body) return "nothing";
    if (!ringOf(element)) return `no ring: ${called(element)}`;
    return isCovered(element) ? `covered: ${called(element)}` : "";
  }

  // --- Selected without colour -------------------------------------------------------------------

  const SHAPE = [
    "fontWeight", "textDecorationLine", "borderBottomWidth", "borderTopWidth", "borderLeftWidth",
    "outlineWidth", "outlineStyle", "opacity", "borderBottomStyle", "display",
  ];
  const shape = (element) =>
    [null, "::before", "::after"].flatMap((part) => {
      const style = getComputedStyle(element, part);
      return [style.content, ...SHAPE.map((name) => style[name])];
    }).join("|");

  function selected() {
    const wrong = [];
    for (const one of document.querySelectorAll("[aria-current]:not(.app-breadcrumb *)")) {
      const list = one.closest("ul, ol, nav");
      const other = list?.querySelector(`${one.tagName}:not([aria-current])`);
      const same = other && shape(one) === shape(other) && shape(one.parentElement) === shape(other.parentElement);
      if (same && isSeen(one)) wrong.push(`selected by colour alone: ${called(one)}`);
    }
    for (const one of document.querySelectorAll(":checked:not(option)")) {
      const mark = one.labels?.[0] && getComputedStyle(one.labels[0], "::after");
      const drawn = one.matches("[class^=govuk]") ? mark?.opacity === "1" && mark.content !== "none" : true;
      if (!drawn) wrong.push(`no mark: ${called(one)}`);
    }
    return wrong;
  }

  // --- Still for those who ask for it --------------------------------------------------------------

  function moves() {
    const wrong = document.getAnimations().map((one) => `moves: ${called(one.effect.target)}`);
    for (const element of document.querySelectorAll("*")) {
      const { transitionDuration, scrollBehavior } = getComputedStyle(element);
      if (parseFloat(transitionDuration) > 0.01) wrong.push(`transition: ${called(element)}`);
      if (scrollBehavior === "smooth") wrong.push(`smooth: ${called(element)}`);
    }
    return wrong;
  }

  function head(language) {
    const wrong = [];
    const headings = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    if (document.documentElement.lang !== language) wrong.push(`lang is ${document.documentElement.lang}`);
    if (headings.length !== 1) wrong.push(`${headings.length} h1`);
    return wrong;
  }

  // A form of a signed-in person in which something can be written has to keep it.
  function unkept() {
    if (!document.body.dataset.person) return [];
    return [...document.querySelectorAll("main form[method=post]")]
      .filter((form) => form.dataset.keep === undefined && !form.querySelector("[type=password]"))
      .filter((form) => form.querySelector("textarea, [type=text], [type=email], [type=number]"))
      .map((form) => `keeps nothing: ${form.action}`);
  }

  return { cutOff, focus, head, here, moves, selected, spaced, unkept };
})();
