// Makes the questionnaire comfortable; everything works without it.
// Times are shown as on the reader's clock, and an answer that stands alone clears the others.

const LANGUAGE = document.documentElement.lang || "en";

function inLocalTime(moment) {
  const then = new Date(moment);
  if (Number.isNaN(then.getTime())) return "";
  const time = then.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (then.toDateString() === new Date().toDateString()) return time;
  return `${then.toLocaleDateString(LANGUAGE, { day: "numeric", month: "long", year: "numeric" })}, ${time}`;
}

function showLocalTimes() {
  for (const place of document.querySelectorAll("time[data-local-time]")) {
    const text = inLocalTime(place.dateTime);
    if (text) place.textContent = text;
  }
}

function typedFields(form) {
  return [...form.querySelectorAll("#id_number, #id_day, #id_month, #id_year")];
}

function isAlone(box) {
  return box.dataset.alone !== undefined || box.value === "unknown";
}

// "None of these" and "I don't know" exclude every other answer, and the other way round.
function keepAlone({ target }) {
  const form = target.form;
  if (!form || !form.matches("#answer")) return;
  const boxes = [...form.querySelectorAll("input[type=checkbox][name=value]")];
  if (boxes.includes(target) && target.checked) {
    for (const box of boxes) {
      if (box !== target && (isAlone(target) || isAlone(box))) box.checked = false;
    }
    if (target.value === "unknown") for (const field of typedFields(form)) field.value = "";
  }
  if (typedFields(form).includes(target) && target.value.trim()) {
    for (const box of boxes) box.checked = false;
  }
}

// Before the form is saved by itself, so in the capture phase.
document.addEventListener("change", keepAlone, true);
document.addEventListener("input", keepAlone, true);
document.addEventListener("times:changed", showLocalTimes);
showLocalTimes();
