// Looks again at a report that is being made, and changes only the part of the page that tells of it,
// so that nobody loses their place. Without scripts the page loads itself anew.

const AGAIN = 2000;
const told = document.querySelector("[data-look-again]");
const words = (part) => part.textContent.replace(/\s+/g, " ").trim();

function takeIn(part) {
  if (part.dataset.lookAgain === undefined) delete told.dataset.lookAgain;
  if (words(part) === words(told)) return;
  const hadFocus = told.contains(document.activeElement);
  told.replaceChildren(...part.childNodes);
  if (hadFocus) (told.querySelector("a, button") || told).focus();
}

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      // The session has ended; the page for signing in leads back here.
      location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector(".app-report");
    if (answer.ok && part) takeIn(part);
  } catch {
    // No connection just now; the next look may find one.
  }
  if (told.dataset.lookAgain !== undefined) setTimeout(look, AGAIN);
}

if (told) setTimeout(look, AGAIN);
