// Suggestions under the search box: the WAI-ARIA combobox pattern, with a grouped listbox.
// Without this script the box is a plain form.

const GROUPS = [
  ["Go to", ["place", "section"]],
  ["Search for", ["name", "phrase", "word"]],
  ["In the text", ["paragraph"]],
];

// Return a text with its matches in <mark>; spans count code points.
function marked(text, spans = []) {
  const letters = [...text], pieces = [];
  let end = 0;
  for (const [start, stop] of spans) {
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, stop).join("");
    pieces.push(letters.slice(end, start).join(""), mark);
    end = stop;
  }
  return [...pieces, letters.slice(end).join("")];
}

function suggest(input) {
  const PAUSE = 120; // milliseconds after a key: a shorter one would ask for half-typed words
  const list = document.createElement("div");
  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let timer, asking, typed, options = [], at = -1;

  const option = (item) => {
    const made = document.createElement("div");
    made.role = "option";
    made.ariaSelected = "false";
    made.item = item;
    const text = document.createElement("span");
    text.append(...marked(item.text, item.spans));
    made.append(text);
    if (item.title) made.append(Object.assign(document.createElement("cite"), { textContent: ` ${item.title}` }));
    if (item.citation) made.prepend(Object.assign(document.createElement("b"), { textContent: `${item.citation} ` }));
    return made;
  };
  const group = ([name, kinds], number, items) => {
    const made = document.createElement("div");
    const label = document.createElement("div");
    made.role = "group";
    label.id = `suggestions-${number}`;
    label.role = "presentation";
    label.textContent = name;
    made.setAttribute("aria-labelledby", label.id);
    made.append(label, ...items.filter((item) => kinds.includes(item.kind)).map(option));
    return made;
  };
  const show = (items) => {
    const groups = GROUPS.map((each, number) => group(each, number, items));
    list.replaceChildren(...groups.filter((each) => each.children.length > 1));
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((each, number) => { each.id = `suggestion-${number}`; });
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  };
  const ask = async () => {
    asking?.abort(); // only the latest answer counts
    const mine = asking = new AbortController();
    typed = input.value;
    if (typed.trim().length < 2) return show([]);
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: mine.signal });
      const items = answer.ok ? (await answer.json()).items : [];
      if (mine === asking) show(items);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  };
  const isSearch = (item) => GROUPS[1][1].includes(item.kind);
  const move = (step) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = ((at + 1 + step + options.length + 1) % (options.length + 1)) - 1;
    const here = options[at];
    input.value = here && isSearch(here.item) ? here.item.text : typed;
    if (!here) return input.removeAttribute("aria-activedescendant");
    here.setAttribute("aria-selected", "true");
    here.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", here.id);
  };
  const choose = ({ item }) => {
    if (!isSearch(item)) return location.assign(item.permalink);
    input.value = item.text;
    input.form.requestSubmit();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && options[at]) {
      event.preventDefault();
      choose(options[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.value = typed;
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) choose(chosen);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
