// What a reader has chosen stays over the reloads of `debugtext serve`, in this tab only; a file remembers nothing.

const served = location.protocol.startsWith("http");

function remember(key, value) {
  if (!served) return;
  try { sessionStorage.setItem(location.pathname + key, JSON.stringify(value)); } catch { /* no storage here */ }
}

function recalled(key) {
  if (!served) return null;
  try { return JSON.parse(sessionStorage.getItem(location.pathname + key)); } catch { return null; }
}

function keepPlace() {
  window.addEventListener("pagehide", () => remember("place", window.scrollY));
  const place = recalled("place");
  if (place) window.scrollTo(0, place);
}
