"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const overview = byId("overview");
  const view = byId("view");
  let page = null;

  /* One page's blocks: which are shown, and which one the keys stand at. Text is only ever read and set as text. */
  function open(article) {
    const form = article.querySelector(".switches");
    const said = form.querySelector("output");
    const blocks = Array.from(article.querySelectorAll(".block"));
    const texts = blocks.map((block) => block.querySelector(".said").textContent.toLowerCase());
    let at = -1;

    function mark(block, words) {
      const place = block.querySelector(".said");
      const text = place.textContent;
      place.textContent = text;
      const lower = text.toLowerCase();
      /* lower case can be longer than the text (İ): then nothing is marked rather than the wrong letters */
      if (!words || lower.length !== text.length) return;
      const parts = [];
      let done = 0;
      for (let from = lower.indexOf(words); from >= 0; from = lower.indexOf(words, done)) {
        const found = document.createElement("mark");
        found.textContent = text.slice(from, from + words.length);
        parts.push(text.slice(done, from), found);
        done = from + words.length;
      }
      if (parts.length) place.replaceChildren(...parts, text.slice(done));
    }

    function show() {
      const words = form.elements.find.value.trim().toLowerCase();
      const reason = form.elements.reason.value;
      let count = 0;
      blocks.forEach((block, number) => {
        const shown =
          (!form.elements.dropped.checked || block.dataset.action === "drop") &&
          (!form.elements.uncertain.checked || block.classList.contains("uncertain")) &&
          (!reason || block.dataset.reason === reason) &&
          (!words || texts[number].includes(words));
        block.hidden = !shown;
        count += shown;
        if (words || block.querySelector("mark")) mark(block, shown ? words : "");
      });
      said.value = count === blocks.length ? `${count} blocks` : `${count} of ${blocks.length} blocks`;
    }

    function stand(number) {
      at = number;
      const block = blocks[number];
      article.querySelectorAll(".here").forEach((part) => part.classList.remove("here"));
      article.querySelectorAll("[aria-current]").forEach((part) => part.removeAttribute("aria-current"));
      block.classList.add("here");
      block.setAttribute("aria-current", "true");
      block.focus({ preventScroll: true });
      block.scrollIntoView({ block: "nearest" });
      const part = article.querySelector(`.body [data-block="${block.dataset.number}"]`);
      if (part) {
        part.classList.add("here");
        const side = part.closest(".story");
        if (side.scrollHeight > side.clientHeight) side.scrollTop = part.offsetTop - side.clientHeight / 3;
      }
    }

    function step(way) {
      let next = at + way;
      while (next >= 0 && next < blocks.length && blocks[next].hidden) next += way;
      if (next >= 0 && next < blocks.length) stand(next);
    }

    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    article.addEventListener("click", (event) => {
      const part = event.target.closest("[data-block]");
      const number = part ? blocks.findIndex((block) => block.dataset.number === part.dataset.block) : -1;
      if (number >= 0) stand(number);
    });
    show();
    return {
      step,
      first: () => { at = -1; step(1); },
      find: () => form.elements.find.focus(),
      turn: (name) => { form.elements[name].checked = !form.elements[name].checked; show(); },
      all: () => { form.reset(); show(); },
    };
  }

  function route() {
    const number = /^#page-(\d+)$/.exec(location.hash);
    const template = number && byId(`view-${number[1]}`);
    if (!template) {
      if (location.hash && location.hash !== "#overview") return;
      view.hidden = true;
      view.replaceChildren();
      overview.hidden = false;
      byId("back").hidden = true;
      page = null;
      return;
    }
    view.replaceChildren(template.content.cloneNode(true));
    overview.hidden = true;
    view.hidden = false;
    byId("back").hidden = false;
    page = open(view.querySelector(".page"));
    scrollTo(0, 0);
    byId("content").focus({ preventScroll: true });
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  const button = document.querySelector('[data-do="theme"]');
  function turnTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    button.setAttribute("aria-pressed", String(isDark()));
  }
  button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", turnTheme);
  document.querySelector('[data-do="help"]').addEventListener("click", () => byId("help").showModal());

  const keys = {
    j: () => page && page.step(1),
    k: () => page && page.step(-1),
    f: () => page && page.find(),
    "/": () => page && page.find(),
    d: () => page && page.turn("dropped"),
    u: () => page && page.turn("uncertain"),
    a: () => page && page.all(),
    t: turnTheme,
    "?": () => byId("help").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    if (event.target.matches("input[type=search], select")) {
      const leaves = event.key === "Escape" || (event.key === "Enter" && event.target.type === "search");
      if (!leaves) return;
      event.preventDefault(); /* or the browser would empty the field and leave the blocks as they are */
      event.target.blur();
      if (event.key === "Enter" && page) page.first();
      return;
    }
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (act) {
      event.preventDefault();
      act();
    }
  });

  if (view) {
    addEventListener("hashchange", route);
    route();
  } else {
    page = open(document.querySelector(".page"));
  }
})();
