// Numbers in words, as debugtext's tables print them; and elements, whose content is always text.

function threeDigits(value) {
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}

function bytesInWords(number) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  let value = Math.abs(number), unit = 0;
  while (value >= 999.5 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${number < 0 ? "-" : ""}${unit ? threeDigits(value) : Math.trunc(value)} ${units[unit]}`;
}

function nanosecondsInWords(number) {
  const units = [[864e11, "d"], [36e11, "h", 72e11], [6e10, "min"], [1e9, "s"], [1e6, "ms"], [1e3, "µs"]];
  const size = Math.abs(number), sign = number < 0 ? "-" : "";
  for (const [one, name, least = one] of units) if (size >= least * 0.9995) return `${sign}${threeDigits(size / one)} ${name}`;
  return `${sign}${size.toFixed(0)} ns`;
}

function inWords(number, unit) {
  if (unit === "bytes") return bytesInWords(number);
  if (unit === "nanoseconds") return nanosecondsInWords(number);
  const whole = Math.abs(number) >= 10 || Number.isInteger(number) ? Math.round(number) : number.toPrecision(2);
  return whole.toLocaleString("en-US");
}

function signed(number, unit) {
  return `${number > 0 ? "+" : ""}${inWords(number, unit)}`;
}

function shareInWords(part, whole) {
  if (!whole) return "";
  const percent = (100 * part) / whole;
  if (part && Math.abs(percent) < 0.1) return "<0.1%";
  return `${Math.abs(percent) < 9.95 ? percent.toFixed(1).replace(/\.0$/, "") : percent.toFixed(0)}%`;
}

// An element; strings among its children become text, nothing ever becomes markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
