"use strict";
(() => {
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const linked = (anchor, text) => made("a", text, { href: "#" + anchor });
  const heading = (part) => one("h3,h4", part).textContent;

  /** The JSON of an element of the page; of a long one, unpacked. */
  async function data(id) {
    const part = document.getElementById(id);
    if (part.type === "application/json") return JSON.parse(part.textContent);
    const bytes = Uint8Array.from(atob(part.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // -- search and filters
  const find = one("#find");
  let index = null;
  const indexed = () =>
    (index ??= all("#sources article").map((part) => ({
      part,
      words: plain(all("h4,p:not([class]),blockquote,.t", part).map((each) => each.textContent).join(" ") + " " + part.id),
      who: one('a[href*="#w-"]', part)?.hash ?? "",
      source: "#" + part.closest("section").id,
      against: one(".x", part) !== null,
    })));
  const fill = (select, parts) => {
    for (const part of parts) select.append(made("option", heading(part), { value: "#" + part.id }));
  };
  const told = (part) => {
    const row = made("li", "");
    row.append(linked(part.id, heading(part)), " " + one("p", part).textContent);
    return row;
  };
  function search() {
    const words = plain(one("#words").value).split(/\s+/).filter(Boolean);
    const who = one("#who").value;
    const source = one("#source").value;
    const against = one("#against").checked;
    const list = one("#found");
    if (!words.length && !who && !source && !against) {
      list.replaceChildren();
      one("#count").textContent = "";
      return;
    }
    const hits = indexed().filter(
      (each) =>
        (!who || each.who === who) && (!source || each.source === source) && (!against || each.against) && words.every((word) => each.words.includes(word)),
    );
    list.replaceChildren(...hits.slice(0, 40).map((each) => told(each.part)));
    one("#count").textContent = `${hits.length} of ${index.length} claims` + (hits.length > 40 ? ", the first 40 listed" : "");
  }
  fill(one("#who"), all("#claimants > section"));
  if (!one("#claimants"))
    for (const [hash, name] of new Map(all('article > p > a[href*="#w-"]').map((each) => [each.hash, each.textContent])))
      one("#who").append(made("option", name, { value: hash }));
  fill(one("#source"), all("#sources > section"));
  find.addEventListener("focusin", indexed, { once: true });
  find.addEventListener("input", search);
  find.hidden = !one("article");

  // -- who holds which account on a day
  const days = one("#onday");
  const number = (text) => Math.round(Date.parse(text + "T00:00:00Z") / 864e5) + 719163;
  const day = (count) => new Date((count - 719163) * 864e5).toISOString().slice(0, 10);
  /** Until when a claim is presumed to hold, as far as the words said by a day tell. */
  const until = ([, , , , , end, presumed, cuts], known) =>
    Math.max(end, cuts.reduce((least, [said, limit]) => (said <= known ? Math.min(least, limit) : least), presumed));
  const how = ([, , , start, sure, end], when) => (when > end ? "presumed" : when >= start && when <= sure ? "" : "perhaps");
  const account = (entry, when) => {
    const part = document.getElementById(entry[0]);
    const [page, says, who] = part ? ["", heading(part), one("p", part).textContent] : entry.slice(8);
    const row = made("li", "");
    const words = how(entry, when);
    row.append(made("a", says, { href: page + "#" + entry[0] }), ` (${who}${words ? "; " + words : ""})`);
    return row;
  };
  const cell = (entries, when) => {
    const inside = made("td", entries.length ? "" : "nobody");
    if (entries.length) {
      const list = made("ul", "");
      list.append(...entries.map((entry) => account(entry, when)));
      inside.append(list);
    }
    return inside;
  };
  let questions = null;
  async function choose() {
    questions ??= data("days");
    const asked = (await questions)[one("#where").value] ?? [];
    const when = number(one("#day").value);
    if (Number.isNaN(when)) return;
    const rows = [];
    for (const [anchor, entries] of asked) {
      const now = entries.filter((entry) => entry[2] <= when && when <= until(entry, Infinity));
      const then = entries.filter((entry) => entry[1] <= when && entry[2] <= when && when <= until(entry, when));
      if (!now.length && !then.length) continue;
      const row = made("tr", "");
      const head = made("th", "", { scope: "row" });
      head.append(linked(anchor, document.getElementById(anchor).textContent));
      row.append(head, cell(now, when), cell(then, when));
      rows.push(row);
    }
    one("#accounts").replaceChildren(...rows);
    one("#held").textContent = rows.length ? `${rows.length} questions on ${day(when)}` : `Nobody is on record for ${day(when)}.`;
    one("#heldtable").hidden = !rows.length;
  }
  fill(one("#where"), all("#places > section"));
  if (one("#where").options.length) {
    days.addEventListener("input", choose);
    days.hidden = false;
  }

  // -- copying a citation: one button, which goes to the claim that is looked at
  const copy = made("button", "Copy citation", { type: "button", className: "copy" });
  const citation = (part) => {
    const source = part.closest("section");
    const facts = all("dl div", source)
      .filter((pair) => /^(published|publisher|url)$/.test(one("dt", pair).textContent))
      .map((pair) => one("dd", pair).textContent);
    const origin = one("header .m").textContent.split(".\n")[0].trim();
    return `${one("p", part).textContent}: “${one("blockquote", part).textContent}” (${[heading(source), ...facts].join(", ")}). ${origin}, #${part.id}`;
  };
  const attach = (event) => {
    const part = event.target.closest?.("article");
    if (part && copy.parentNode !== part) {
      copy.textContent = "Copy citation";
      part.append(copy);
    }
  };
  copy.addEventListener("click", async () => {
    const text = citation(copy.parentNode);
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = text;
    }
  });
  for (const kind of ["focusin", "pointerover"]) one("#sources")?.addEventListener(kind, attach);
})();
