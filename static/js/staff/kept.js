// What was typed into a form is there again after Back, unless it was saved since. Browsers would do that by themselves,
// but they may not keep pages of the desk.

const KEPT = `form ${location.pathname}`;
const NOT_TYPED = ["hidden", "submit", "button"];

function typed(form) {
  return [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.type));
}

export function keep(form) {
  const said = typed(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
  sessionStorage.setItem(KEPT, JSON.stringify({ of: form.elements.fingerprint.value, said }));
}

// `grow` makes room for fields that are not there yet. Tells whether anything was kept.
export function findAgain(form, grow) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT));
  sessionStorage.removeItem(KEPT);
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.type !== "back_forward" || kept?.of !== form.elements.fingerprint.value) return false;
  for (const [name, value] of kept.said) {
    if (!form.elements[name]) grow();
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  return true;
}
