"use strict";
(() => {
  const MOST = 50;
  const form = document.querySelector("form.search");
  const field = form.elements.namedItem("q");
  const found = document.getElementById("found");
  const status = document.getElementById("status");
  const years = form.dataset.years.split(" ");
  const loaded = new Map();
  let round = 0;

  // Case and accents make no difference.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const load = (year) => {
    if (!loaded.has(year)) {
      loaded.set(year, fetch(`years/${year}.json`).then((answer) => (answer.ok ? answer.json() : [])));
    }
    return loaded.get(year);
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const row = (release) => {
    const time = element("time", { dateTime: release.published.iso }, release.published.text);
    const way = release.page.split("/").map(encodeURIComponent).join("/");
    const link = element("a", { href: way }, release.headline);
    const headline = element("h2", { dir: "auto", lang: release.language ?? "" }, link);
    return element("li", {}, element("p", { className: "dates" }, time), headline);
  };

  const search = async () => {
    const mine = ++round;
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const rows = [];
    for (const year of words.length ? years : []) {
      const releases = await load(year);
      if (mine !== round) return;
      const fits = (release) => words.every((word) => plain(release.headline).includes(word));
      rows.push(...releases.filter(fits).slice(0, MOST - rows.length).map(row));
      if (rows.length === MOST) break;
    }
    found.replaceChildren(...rows);
    status.textContent = words.length && !rows.length ? form.dataset.none : "";
  };

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  search();
})();
