// Suggestions under the search box: the WAI-ARIA combobox pattern, list autocomplete.
function suggest(input) {
  const PAUSE = 120; // milliseconds after a key: shorter asks for words that are half typed
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let timer, asking, typed, at = -1;

  const show = (words) => {
    list.replaceChildren(...words.map((word, number) => {
      const item = document.createElement("li");
      item.id = `suggestion-${number}`;
      item.role = "option";
      item.ariaSelected = "false";
      item.textContent = word;
      return item;
    }));
    list.hidden = !words.length;
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
    asking?.abort();
    asking = new AbortController();
    typed = input.value;
    if (typed.trim().length < 2) return show([]);
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  };
  const move = (step) => {
    const items = [...list.children];
    items[at]?.setAttribute("aria-selected", "false");
    at = ((at + 1 + step + items.length + 1) % (items.length + 1)) - 1;
    items[at]?.setAttribute("aria-selected", "true");
    input.value = items[at]?.textContent ?? typed;
    if (items[at]) input.setAttribute("aria-activedescendant", items[at].id);
    else input.removeAttribute("aria-activedescendant");
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
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.value = typed;
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the focus stays in the box
    const item = event.target.closest("[role=option]");
    if (!item) return;
    input.value = item.textContent;
    input.form.requestSubmit();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
