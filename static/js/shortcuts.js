// "/" goes to the search, "?" lists the shortcuts; elements with data-shortcut add their own.
// Single keys can be switched off in this browser, for people whose speech or tremor types them.

const SETTING = "shortcuts";
const dialog = document.getElementById("shortcuts");
const switches = document.querySelectorAll("[data-shortcut-switch]");

function isOff() {
  try {
    return localStorage.getItem(SETTING) === "off";
  } catch {
    return false;
  }
}

function remember(off) {
  try {
    if (off) localStorage.setItem(SETTING, "off");
    else localStorage.removeItem(SETTING);
  } catch {
    // It then counts for this page alone.
  }
}

function show(off) {
  const search = document.querySelector("[data-search]");
  if (search) {
    search.dataset.word ??= search.placeholder;
    search.placeholder = off ? search.dataset.word : `${search.dataset.word}  /`;
    search.ariaKeyShortcuts = off ? "" : "/";
  }
  for (const place of switches) {
    const [toOff, toOn] = place.querySelectorAll("button > span");
    place.hidden = false;
    toOff.hidden = off;
    toOn.hidden = !off;
  }
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

const isVisible = (element) => element !== null && element.checkVisibility();

function toSearch() {
  const field = document.querySelector("[data-search]");
  if (isVisible(field)) field.focus();
  else document.querySelector("[data-search-link]")?.click();
}

function ownShortcuts() {
  return [...document.querySelectorAll("[data-shortcut]")].filter(isVisible);
}

function open() {
  const list = dialog.querySelector(".app-keys");
  list.querySelectorAll("[data-own]").forEach((row) => row.remove());
  for (const element of ownShortcuts()) {
    const row = list.firstElementChild.cloneNode(true);
    row.dataset.own = "";
    row.querySelector("kbd").textContent = element.dataset.shortcut;
    row.querySelector("dd").textContent = element.dataset.shortcutLabel || element.textContent.trim();
    list.append(row);
  }
  dialog.showModal();
}

function use(element) {
  if (isTyping(element)) element.focus();
  else element.click();
}

let off = isOff();
show(off);
for (const place of switches) {
  place.querySelector("button").addEventListener("click", () => {
    off = !off;
    remember(off);
    show(off);
  });
}

// An open menu closes with Escape, with a press beside it, and when the focus has left it.
const menu = document.querySelector(".app-account");

function closeMenu(target) {
  if (menu?.open && !menu.contains(target)) menu.open = false;
}

document.addEventListener("pointerdown", ({ target }) => closeMenu(target));
document.addEventListener("focusin", ({ target }) => closeMenu(target));
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (off || modified || event.defaultPrevented || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const own = ownShortcuts().find((element) => element.dataset.shortcut === event.key);
  if (event.key === "/" && !own) toSearch();
  else if (event.key === "?" && dialog) open();
  else if (own) use(own);
  else return;
  event.preventDefault();
});
