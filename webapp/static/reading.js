// Conveniences only: every page works without this file.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// Mark the section being read in the contents beside the text.
function follow(contents) {
  const links = [...contents.querySelectorAll("a[href^='#']")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = places.filter((place) => place && place.getBoundingClientRect().top < innerHeight / 3);
    const here = links[places.indexOf(passed.at(-1))];
    for (const link of links) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();
}

// Put an element on the clipboard, as plain and as rich text. Return whether that worked. The copy
// event, unlike navigator.clipboard, works without HTTPS.
function putOnClipboard(element) {
  const rich = document.createElement("div");
  rich.append(element.cloneNode(true));
  for (const cite of rich.querySelectorAll("cite")) {
    const italic = document.createElement("i"); // which word processors know
    italic.append(...cite.childNodes);
    cite.replaceWith(italic);
  }
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", rich.textContent);
    event.clipboardData.setData("text/html", rich.innerHTML);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

function anchor(address) {
  const link = document.createElement("a");
  link.href = link.textContent = address;
  return link;
}

// Show "Copied" on a control for a moment, without resizing it, and announce it to screen readers.
const SAID = 2000; // milliseconds
const announced = document.createElement("p");
announced.className = "hidden";
announced.setAttribute("role", "status");
document.getElementById("main").append(announced);

function sayCopied(control) {
  if (control.dataset.label) return;
  control.dataset.label = control.textContent;
  control.style.minWidth = `${control.getBoundingClientRect().width}px`;
  control.textContent = announced.textContent = "Copied";
  setTimeout(() => {
    control.textContent = control.dataset.label;
    delete control.dataset.label;
    announced.textContent = "";
  }, SAID);
}

function copyText(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Copy";
  button.ariaLabel = `Copy: ${text.closest("div").querySelector("dt").textContent}`;
  text.after(button);
  button.addEventListener("click", () => {
    if (putOnClipboard(text)) sayCopied(button);
    else getSelection().selectAllChildren(text);
  });
}

// Copy a link instead of following it.
function copyLink(link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!putOnClipboard(anchor(link.href))) return;
    event.preventDefault();
    sayCopied(link);
  });
}

// Share the page by the system's own dialogue, or else copy its address.
function share(link) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!navigator.share) {
      if (putOnClipboard(anchor(location.href))) sayCopied(link);
      return;
    }
    try {
      await navigator.share({ title: document.title, url: location.href });
    } catch (error) {
      if (error.name !== "AbortError") throw error; // the reader closed the dialogue
    }
  });
}

// Keep all steps between matches in one entry of the browser's history, and move the focus along.
function stepInPlace(event) {
  const link = event.target.closest("a[href^='#match-']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const focused = link === document.activeElement && link.className;
  location.replace(link.hash);
  if (focused) shownSteps()?.querySelector(`.${focused}`)?.focus({ preventScroll: true });
}

const shownSteps = () => [...document.querySelectorAll(".steps")].find((each) => each.checkVisibility());

// Make "Results" go back to the results that the reader came from, as they were left.
function goBack(event) {
  const link = event.target.closest("a.results");
  if (!link || !window.navigation || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const searched = (address) => {
    const { pathname, searchParams } = new URL(address);
    return [pathname, ...["q", "document", "section"].map((name) => searchParams.get(name) ?? "")].join("\n");
  };
  const before = navigation.entries().slice(0, navigation.currentEntry.index);
  const left = before.findLast((entry) => entry.url && searched(entry.url) === searched(link.href));
  if (!left) return;
  event.preventDefault();
  navigation.traverseTo(left.key);
}

// "/" goes to the search box, j and k from hit to hit or match to match. Keys are recognised by
// their character, so that every keyboard layout works, but not while typing; the help page has a
// switch for them.
function keys() {
  const hits = [...document.querySelectorAll(".hit > a")];
  const step = (by) => {
    if (hits.length) {
      const next = hits.indexOf(document.activeElement) + (by > 0 || hits.includes(document.activeElement) ? by : 0);
      hits[Math.max(0, Math.min(next, hits.length - 1))].focus();
    } else {
      const next = shownSteps()?.querySelector(by > 0 ? ".on" : ".back");
      (next ?? document.querySelector(".asked a[href^='#']"))?.click();
    }
  };
  addEventListener("keydown", (event) => {
    if (localStorage.getItem("keys") === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q")?.select(); // focuses too, and typing replaces
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
}

function keysSwitch(button) {
  const label = () => {
    const off = localStorage.getItem("keys") === "off";
    button.textContent = off ? "Turn the keys on" : "Turn the keys off";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (localStorage.getItem("keys") === "off") localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
    label();
  });
  label();
}

// Make the strip a single Tab stop, in which arrow keys go from bar to bar.
function strip(figure) {
  const links = [...figure.querySelectorAll("svg a:not([aria-hidden])")];
  figure.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = links.indexOf(event.target), next = links[at + step];
    if (!step || at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    next?.focus();
  });
  figure.addEventListener("focusin", (event) => {
    if (!links.includes(event.target)) return;
    for (const link of links) link.setAttribute("tabindex", link === event.target ? "0" : "-1");
  });
}

document.querySelectorAll(".text .contents").forEach(follow);
document.querySelectorAll(".strip").forEach(strip);
document.querySelectorAll("a.copy").forEach((link) => {
  link.textContent = "Copy link";
  copyLink(link);
});
document.querySelectorAll("a.share").forEach(share);
document.querySelectorAll(".to-copy").forEach(copyText);
document.querySelectorAll("button.keys").forEach(keysSwitch);
keys();
document.addEventListener("click", stepInPlace);
document.addEventListener("click", goBack);
