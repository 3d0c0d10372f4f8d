// Two small helps at the desk; everything works without them. Nothing typed leaves the browser by the first.
"use strict";

// While staff type in words of their own: say which word has a better one. The text is never changed.
(function () {
  const lists = new Map();
  const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+");
  const pattern = (word) => word.parted
    ? new RegExp(`(?<![\\p{L}\\p{N}_])${quoted(word.term)}(?:s|es)?(?![\\p{L}\\p{N}_])`, "iu")
    : new RegExp(quoted(word.term), "u");

  function list(url) {
    if (!lists.has(url)) {
      lists.set(url, fetch(url).then((answer) => answer.json()).then((told) => ({
        titles: told.titles.map((title) => new RegExp(quoted(title), "giu")),
        words: told.words.map((word) => ({ ...word, pattern: pattern(word) })),
      })));
    }
    return lists.get(url);
  }

  function place(field) {
    let shown = field.parentElement.querySelector(".better");
    if (!shown) {
      shown = document.createElement("p");
      shown.className = "better small";
      shown.setAttribute("role", "status");
      field.after(shown);
    }
    return shown;
  }

  async function look(field) {
    const { titles, words } = await list(field.dataset.words);
    const text = titles.reduce((rest, title) => rest.replace(title, " "), field.value);
    const said = words.filter((word) => word.pattern.test(text))
      .map((word) => field.dataset.better.replace("{word}", word.term).replace("{preferred}", word.preferred));
    place(field).textContent = said.join(" ");
  }

  let waiting = 0;
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-words]")) {
      clearTimeout(waiting);
      waiting = setTimeout(() => look(event.target), 400);
    }
  });
})();

// Where each answer changes what follows: keep it at once, and show what follows now.
(function () {
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form || !event.target.matches("select")) return;
    const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("results");
    if (!now) return;
    const before = document.getElementById("results");
    const unfolded = [...before.querySelectorAll("section > details[open]")].map((each) => each.parentElement.getAttribute("aria-labelledby"));
    before.replaceWith(now);
    for (const title of unfolded) now.querySelector(`[aria-labelledby="${title}"] > details`)?.setAttribute("open", "");
  });
})();
