// When words of the text are selected, show a bar that copies them with their citation, or a link
// to them. The browser's own copying and menu are left alone.

const SETTLED = 200; // milliseconds without a change: the bar must not flicker during selection
const ENDS = 6; // words at either end of a long selection, which together identify it
const CONTEXT = 3; // words before and after, which distinguish it from the same words elsewhere
const WORD = /[\p{L}\p{N}'’]/u;

const work = document.getElementById("work");
const main = document.getElementById("main");

// Return the selected part of a paragraph, as half-open offsets in its text; null if there is none.
function selectedPart(paragraph, range) {
  const texts = document.createTreeWalker(paragraph.querySelector("p"), NodeFilter.SHOW_TEXT);
  let text = "", start = -1, stop = -1;
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest(".steps")) continue; // links between the matches
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (range.intersectsNode(node) && from < to) {
      if (start < 0) start = text.length + from;
      stop = text.length + to;
    }
    text += node.data;
  }
  while (start < stop && /\s/.test(text[start])) start += 1;
  while (start < stop && /\s/.test(text[stop - 1])) stop -= 1;
  return start < stop ? { paragraph, text, start, stop } : null;
}

function textOf(paragraph) {
  const copy = paragraph.querySelector("p").cloneNode(true);
  copy.querySelectorAll(".steps").forEach((steps) => steps.remove());
  return copy.textContent;
}

function selectedParts() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return [];
  const range = selection.getRangeAt(0);
  return [...document.querySelectorAll(".paragraph[data-link]")]
    .filter((paragraph) => range.intersectsNode(paragraph))
    .map((paragraph) => selectedPart(paragraph, range))
    .filter(Boolean);
}

// Return the words before a part, in it and after it; a word that is cut counts as inside.
function wholeWords({ text, start, stop }) {
  while (start > 0 && WORD.test(text[start - 1]) && WORD.test(text[start])) start -= 1;
  while (stop < text.length && WORD.test(text[stop - 1]) && WORD.test(text[stop])) stop += 1;
  return [text.slice(0, start), text.slice(start, stop), text.slice(stop)]
    .map((piece) => piece.split(/\s+/).filter(Boolean));
}

// Return a text fragment; WICG, "URL Fragment Text Directives": [before-,]start[,end][,-after].
function fragment(parts) {
  const [before, first] = wholeWords(parts[0]);
  const [, last, after] = wholeWords(parts.at(-1));
  const encode = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
  const long = parts.length > 1 || first.length > 2 * ENDS;
  const pieces = long ? [first.slice(0, ENDS), last.slice(-ENDS)].map(encode) : [encode(first)];
  if (before.length) pieces.unshift(`${encode(before.slice(-CONTEXT))}-`);
  if (after.length) pieces.push(`-${encode(after.slice(0, CONTEXT))}`);
  return `:~:text=${pieces.join(",")}`;
}

// Return the permalink of the paragraph, or of the text for several, with the selected words.
function linkTo(parts) {
  const { paragraph, text, start, stop } = parts[0];
  if (parts.length === 1 && stop - start === text.length) return paragraph.dataset.link;
  const address = parts.length > 1 ? work.dataset.whole : paragraph.dataset.link;
  return `${address}#${fragment(parts)}`;
}

function locator(parts) {
  const [first, last] = [parts[0], parts.at(-1)].map((part) => part.paragraph.dataset);
  if (parts.length === 1) return `${first.section}, para. ${first.number}`;
  if (first.section === last.section) return `${first.section}, paras. ${first.number}–${last.number}`;
  return `${first.section}, para. ${first.number} to ${last.section}, para. ${last.number}`;
}

// Return an element with the words, their citation, the link to them, and the source.
function quotation(parts) {
  const quoted = document.createElement("p");
  quoted.append("“");
  parts.forEach(({ text, start, stop }, number) => {
    if (number) quoted.append(document.createElement("br"), "\n");
    quoted.append(text.slice(start, stop));
  });
  quoted.append("” ", work.content.cloneNode(true), `, ${locator(parts)}, `, anchor(linkTo(parts)));
  const { source } = parts[0].paragraph.dataset;
  if (source) quoted.append(" (source: ", anchor(source), ")");
  quoted.append(".");
  return quoted;
}

function selectionBar() {
  const bar = document.createElement("div");
  let parts = [], timer, pressed = false;
  bar.className = "selection";
  bar.role = "toolbar";
  bar.ariaLabel = "Selected words";
  bar.hidden = true;

  const hide = () => {
    clearTimeout(timer);
    if (bar.contains(document.activeElement)) main.focus({ preventScroll: true });
    bar.hidden = true;
  };
  const show = () => {
    parts = selectedParts();
    if (!parts.length) return hide();
    const end = [...getSelection().getRangeAt(0).getClientRects()].at(-1);
    parts.at(-1).paragraph.after(bar);
    bar.hidden = false;
    const left = Math.min(end.right - bar.offsetWidth / 2, document.body.clientWidth - bar.offsetWidth - 8);
    bar.style.left = `${Math.max(left, 8)}px`;
    bar.style.top = `${end.bottom + scrollY + 8}px`;
  };
  const settle = () => {
    clearTimeout(timer);
    if (!pressed) timer = setTimeout(show, SETTLED);
  };
  const offer = (label, make) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = label;
    button.addEventListener("click", () => {
      if (!putOnClipboard(make(parts))) return;
      sayCopied(button);
      timer = setTimeout(hide, SAID);
    });
    bar.append(button);
  };
  offer("Copy quotation", quotation);
  offer("Copy link", (chosen) => anchor(linkTo(chosen)));

  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
  document.addEventListener("selectionchange", settle);
  document.addEventListener("pointerdown", (event) => { pressed = !bar.contains(event.target); });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => {
      pressed = false;
      if (!bar.contains(event.target)) settle();
    });
  }
  document.addEventListener("keydown", (event) => {
    const away = [document.body, main].includes(document.activeElement);
    if (event.key === "Escape") hide();
    else if (event.key === "Tab" && !event.shiftKey && away && !bar.hidden) {
      event.preventDefault(); // from the words to the bar, not to the first link of the page
      bar.querySelector("button").focus();
    }
  });
}

selectionBar();
document.querySelectorAll("button.quote").forEach((button) => {
  const paragraph = document.querySelector(".paragraph[data-link]"), text = textOf(paragraph);
  button.hidden = false;
  button.addEventListener("click", () => {
    if (putOnClipboard(quotation([{ paragraph, text, start: 0, stop: text.length }]))) sayCopied(button);
  });
});
