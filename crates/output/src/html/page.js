"use strict";
(() => {
  const cards = [...document.querySelectorAll(".card")];
  const marks = new Map();
  for (const mark of document.querySelectorAll(".m[data-r]")) {
    for (const n of mark.dataset.r.split(" ")) {
      if (!marks.has(n)) marks.set(n, []);
      marks.get(n).push(mark);
    }
  }
  const byNumber = new Map(cards.map((card) => [card.dataset.n, card]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = { behavior: calm ? "auto" : "smooth", block: "center" };
  const isWide = () => matchMedia("(min-width: 60.01rem)").matches;
  let chosen = null;
  let lit = [];

  const light = (numbers) => {
    for (const element of lit) element.classList.remove("on");
    lit = numbers.flatMap((n) => [byNumber.get(n), ...(marks.get(n) || [])]).filter(Boolean);
    for (const element of lit) element.classList.add("on");
    document.body.classList.toggle("busy", lit.length > 0);
  };
  const rest = () => light(chosen ? [chosen.dataset.n] : []);
  const within = (card, column) => column.scrollTop + card.getBoundingClientRect().top - column.getBoundingClientRect().top;
  const intoView = (card) => {
    const column = card.parentElement;
    if (!isWide()) { card.scrollIntoView(motion); return; }
    const top = within(card, column) - Math.max(column.clientHeight - card.clientHeight, 0) / 2;
    column.scrollTo({ top, behavior: motion.behavior });
  };
  const choose = (card, from) => {
    chosen = card;
    rest();
    if (!card) return;
    if (from !== "card") intoView(card);
    const first = (marks.get(card.dataset.n) || []).find((m) => !m.classList.contains("content"));
    if (first && from !== "text") first.scrollIntoView(motion);
    if (from !== "start") history.replaceState(null, "", "#" + card.id);
  };
  const visible = () => cards.filter((card) => !card.hidden);

  for (const card of cards) {
    card.addEventListener("mouseenter", () => light([card.dataset.n]));
    card.addEventListener("mouseleave", rest);
    card.addEventListener("click", (event) => {
      if (event.target.closest("a") || String(getSelection())) return;
      choose(card, "card");
    });
    card.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === card) choose(card, "card"); });
  }
  const recordsOf = (mark) => mark.dataset.r.split(" ").filter((n) => byNumber.has(n) && !byNumber.get(n).hidden);
  for (const mark of document.querySelectorAll(".m[data-r]")) {
    mark.addEventListener("mouseenter", () => light(recordsOf(mark)));
    mark.addEventListener("mouseleave", rest);
    mark.addEventListener("click", () => {
      const records = recordsOf(mark);
      if (!records.length || String(getSelection())) return;
      const at = chosen ? records.indexOf(chosen.dataset.n) : -1;
      choose(byNumber.get(records[(at + 1) % records.length]), "text");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
    if (event.key === "Escape") choose(null);
    const step = { j: 1, k: -1 }[event.key];
    const shown = visible();
    if (!step || !shown.length) return;
    const at = shown.indexOf(chosen);
    choose(shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1)], "key");
  });

  // The column follows the reader: the first card whose words are on the screen comes to its top.
  const columns = [...document.querySelectorAll(".cols")].map((cols) => ({
    cards: cols.querySelector(".cards"),
    marks: [...cols.querySelectorAll(".text .m[data-r]:not(.content)")],
  }));
  let led = 0;
  const follow = () => {
    led = 0;
    if (!isWide() || chosen) return;
    for (const { cards: column, marks: all } of columns) {
      if (!column || column.matches(":hover") || column.scrollHeight <= column.clientHeight) continue;
      let [low, high] = [0, all.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (all[middle].getBoundingClientRect().top < 60) low = middle + 1; else high = middle;
      }
      const n = all[low] && recordsOf(all[low])[0];
      if (n) column.scrollTop = within(byNumber.get(n), column) - 4;
    }
  };
  addEventListener("scroll", () => { if (!led) led = requestAnimationFrame(follow); }, { passive: true });

  const filters = document.getElementById("filters");
  const kinds = new Map([["report", "Event reports"], ["statement", "Statements"], ["ledger", "Ledger"]]);
  const off = new Set();
  let status = "";
  const sift = () => {
    for (const card of cards) card.hidden = off.has(card.dataset.kind) || (status !== "" && card.dataset.kind + " " + card.dataset.status !== status);
    if (chosen && chosen.hidden) choose(null);
  };
  for (const [kind, name] of kinds) {
    const n = cards.filter((card) => card.dataset.kind === kind).length;
    if (!n) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name + " " + n;
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      const isOn = off.delete(kind) || !off.add(kind);
      button.setAttribute("aria-pressed", String(isOn));
      sift();
    });
    filters.append(button);
  }
  const select = document.createElement("select");
  select.setAttribute("aria-label", "Status");
  select.append(new Option("every status", ""));
  for (const [kind, name] of kinds) {
    const group = document.createElement("optgroup");
    group.label = name;
    const found = new Set(cards.filter((card) => card.dataset.kind === kind && card.dataset.status).map((card) => card.dataset.status));
    for (const one of [...found].sort()) group.append(new Option(one.replaceAll("_", " "), kind + " " + one));
    if (found.size) select.append(group);
  }
  select.addEventListener("change", () => { status = select.value; sift(); });
  if (cards.length) filters.append(select);

  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && named.classList.contains("card")) choose(named, "start");
})();
