// Conveniences only: every page works without this file.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// The contents beside the text follow it.
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

// Put a text on the clipboard, also as HTML if that is given; return whether it is there. By the
// event of copying, which unlike navigator.clipboard needs no HTTPS.
function putOnClipboard(plain, rich) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    if (rich) event.clipboardData.setData("text/html", rich);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

// A link to copy is copied instead of followed, a text to copy gets a button; both say so.
function copy(from, plain, rich, otherwise) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  from.after(said);
  from.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!putOnClipboard(plain, rich)) return otherwise();
    said.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; }, 2000);
  });
}

function copyText(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Copy";
  button.ariaLabel = `Copy: ${text.closest("div").querySelector("dt").textContent}`;
  text.after(button);
  copy(button, text.textContent, text.innerHTML, () => getSelection().selectAllChildren(text));
}

// "/" goes to the search box, j and k from hit to hit or match to match. By character, so that
// every keyboard has them; never while typing; to be turned off on the help page.
function keys() {
  const goes = [...document.querySelectorAll(".hit > a")];
  const step = (by) => {
    if (goes.length) {
      const next = goes.indexOf(document.activeElement) + (by > 0 || goes.includes(document.activeElement) ? by : 0);
      goes[Math.max(0, Math.min(next, goes.length - 1))].focus();
    } else {
      const here = [...document.querySelectorAll(".steps")].find((each) => each.checkVisibility());
      (here?.querySelector(by > 0 ? ".on" : ".back") ?? document.querySelector(".marks a[href^='#']"))?.click();
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
  const say = () => {
    const off = localStorage.getItem("keys") === "off";
    button.textContent = off ? "Turn the keys on" : "Turn the keys off";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (localStorage.getItem("keys") === "off") localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
    say();
  });
  say();
}

// The strip is one stop for Tab; the arrows go from mark to mark.
function strip(marks) {
  const links = [...marks.querySelectorAll("a:not([aria-hidden])")];
  marks.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = links[links.indexOf(event.target.closest("a")) + step];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    next?.focus();
  });
  marks.addEventListener("focusin", (event) => {
    for (const link of links) link.setAttribute("tabindex", link === event.target ? "0" : "-1");
  });
}

document.querySelectorAll(".text .contents").forEach(follow);
document.querySelectorAll(".strip svg").forEach(strip);
document.querySelectorAll("a.copy").forEach((link) => {
  link.textContent = "Copy link";
  copy(link, link.href, null, () => location.assign(link.href));
});
document.querySelectorAll(".to-copy").forEach(copyText);
document.querySelectorAll("button.keys").forEach(keysSwitch);
keys();
