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
  const index = [];
  let names = { p: {}, w: {} };
  const claims = document.getElementsByTagName("article");
  /** What is looked through of a claim: its words, who, when, all names of place and claimant; not whom it agrees with. */
  const entry = (part) => {
    let words = part.id;
    let against = false;
    for (const each of part.children) {
      if (!each.className || each.className === "t") words += " " + each.textContent;
      against ||= each.className === "x";
    }
    const who = all('a[href*="#w-"]', one("p", part)).map((each) => each.hash);
    words += [" ", names.p[one("p", part).dataset.p], ...who.map((each) => names.w[each])].join(" ");
    return { part, words: plain(words), who, source: "#" + part.closest("section").id, against };
  };
  /** All claims; those that no idle moment was found for are looked at now. */
  const indexed = (idle) => {
    while (index.length < claims.length && (!idle || idle.timeRemaining() > 3)) index.push(entry(claims[index.length]));
    if (idle && index.length < claims.length) requestIdleCallback(indexed);
    return index;
  };
  const fill = (select, parts) => {
    for (const part of parts) select.append(made("option", heading(part), { value: "#" + part.id }));
  };
  const told = (part) => {
    const row = made("li", "");
    row.append(linked(part.id, heading(part)), " " + one("p", part).textContent + ", " + heading(part.closest("section")));
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
        (!who || each.who.includes(who)) && (!source || each.source === source) && (!against || each.against) && words.every((word) => each.words.includes(word)),
    );
    list.replaceChildren(...hits.slice(0, 40).map((each) => told(each.part)));
    one("#count").textContent = `${hits.length} of ${index.length} claims` + (hits.length > 40 ? ", the first 40 listed" : "");
  }
  fill(one("#who"), all("#claimants > section"));
  if (!one("#claimants"))
    for (const [hash, name] of new Map(all('article > p > a[href*="#w-"]').map((each) => [each.hash, each.textContent])))
      one("#who").append(made("option", name, { value: hash }));
  fill(one("#source"), all("#sources > section"));
  find.addEventListener("focusin", () => indexed(), { once: true });
  if (one("#names"))
    data("names").then((known) => {
      names = known;
      index.length = 0;
      globalThis.requestIdleCallback?.(indexed);
    });
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
    one("#held").textContent = rows.length ? `${rows.length} question${rows.length > 1 ? "s" : ""} on ${day(when)}` : `Nobody is on record for ${day(when)}.`;
    one("#heldtable").hidden = !rows.length;
  }
  fill(one("#where"), all("#places > section"));
  if (one("#where").options.length) {
    days.addEventListener("input", choose);
    days.hidden = false;
  }

  // -- the map: of another day, of another property
  const choice = one("#mapof");
  const SIDES = [[11, 5], [-11, 5, "end"], [0, -12, "middle"], [0, 21, "middle"], [11, 5], [-11, 5, "end"]];
  const drawn = (tag, more, ...inside) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in more) part.setAttribute(name, more[name]);
    part.append(...inside);
    return part;
  };
  async function draw() {
    const [{ maps }, known] = await Promise.all([data("maps"), (questions ??= data("days"))]);
    const when = number(one("#day").value);
    if (Number.isNaN(when)) return;
    const [title, answers, more, view, scale, key, size, places] = maps[choice.value];
    const words = Object.fromEntries(all("#mapstates use").map((use) => [use.getAttribute("href")[2], use.closest("li").textContent.trim()]));
    const rows = [];
    const silent = [];
    const signs = places.map(([place, question, name, x, y, side, given, marks]) => {
      const claims = {};
      let sure = false;
      known["#" + place].find(([anchor]) => anchor === question)[1].forEach((entry, index) => {
        const open = given[index] < -1;
        const answer = open ? -2 - given[index] : given[index];
        if (answer < 0 || entry[2] > when || when > until(entry, Infinity)) return;
        (claims[answer] ??= []).push(entry[0]);
        sure ||= !open && !how(entry, when);
      });
      const met = marks.filter(([first, last]) => first <= when && when <= last);
      const said = Object.keys(claims);
      const single = said.length === 1 && !met.length;
      const kind = !said.length ? "n" : met.length ? (met.some((mark) => mark[2]) ? "c" : "p") : single ? answers[said[0]][1] : "s";
      const vague = said.length && !met.length && !sure;
      const what = kind > "9" ? words[kind] : "one answer" + (vague ? ", presumed or perhaps" : "");
      const full = heading(document.getElementById(place));
      if (said.length) {
        const row = made("tr", "");
        const inside = made("td", "");
        for (const answer of said) {
          const who = claims[answer].flatMap((claim) => [", ", linked(claim, one("p a", document.getElementById(claim)).textContent)]);
          inside.append(made("b", answers[answer][0]), ": ", ...who.slice(1), made("br", ""));
        }
        const head = made("th", "", { scope: "row" });
        head.append(linked(place, full));
        row.append(head, made("td", what), inside);
        rows.push(row);
      } else silent.push(", ", linked(place, full));
      const [right, down, anchor] = SIDES[side];
      return drawn(
        "a",
        { href: "#" + place },
        drawn("title", {}, `${full}${said.length ? ": " : ""}${said.map((answer) => answers[answer][0]).join("; ")} (${what})`),
        drawn("use", { class: "m" + kind + (vague || (single && answers[said[0]][2]) ? " w" : ""), href: "#m" + kind, transform: `translate(${x} ${y})scale(${size})` }),
        drawn("text", { class: side > 3 ? "q" : "", x: x + right, y: y + down, "text-anchor": anchor ?? "start" }, name),
      );
    });
    one("#mapsigns").replaceChildren(...signs.reverse());
    one(".map").setAttribute("viewBox", view);
    one("#mapscale").innerHTML = scale;
    one("#mapkey").innerHTML = key;
    one("#mapwhat").textContent = title;
    one("#mapday").textContent = one("#day").value;
    one("#mapwhy").hidden = one("#day").value !== one("#day").defaultValue || choice.value > 0;
    one("#mapmore").textContent = more;
    one("#maprows").replaceChildren(...rows);
    one("#mapsilent").replaceChildren(...silent.slice(1));
    one("#mapsilent").parentNode.hidden = !silent.length;
  }
  if (choice && document.getElementById("maps")) {
    choice.addEventListener("input", draw);
    days.addEventListener("input", draw);
    one("#mapask").hidden = false;
  }

  // -- copying a citation: one button, which goes to the claim that is looked at
  const copy = made("button", "Copy citation", { type: "button", className: "copy" });
  const citation = (part) => {
    const ready = one("details p", part);
    if (ready) return ready.textContent;
    const source = part.closest("section");
    const facts = all("dl div", source)
      .filter((pair) => /^(published|publisher|url)$/.test(one("dt", pair).textContent))
      .map((pair) => one("dd", pair).textContent);
    const origin = one("header .m").textContent.split(".\n")[0].trim();
    const quote = one("blockquote", part);
    const words = quote ? `“${quote.textContent}”` : one(".u", part).textContent;
    return `${one("p", part).textContent}: ${words} (${[heading(source), ...facts].join(", ")}). ${origin}, #${part.id}`;
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
  const arrived = () => attach({ target: one(":target") ?? document.body });
  addEventListener("hashchange", arrived);
  arrived();
})();
