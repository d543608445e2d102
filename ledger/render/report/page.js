"use strict";
(() => {
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const made = (tag, inside, more) => {
    const part = Object.assign(document.createElement(tag), more);
    part.append(...[inside].flat());
    return part;
  };
  const row = (head, ...cells) => made("tr", [made("th", head, { scope: "row" }), ...cells]);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const linked = (anchor, text) => made("a", text, { href: "#" + anchor });
  const heading = (part) => one("h3,h4", part).textContent;

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
  /** What of a claim is looked through. */
  const entry = (part) => {
    const said = one("p", part);
    const who = all('a[href*="#w-"]', said).map((each) => each.hash);
    const texts = [...part.children].filter((each) => !each.className || each.className === "t").map((each) => each.textContent);
    const words = plain([part.id, ...texts, names.p[said.dataset.p], ...who.map((each) => names.w[each])].join(" "));
    return { part, words, who, source: "#" + part.closest("section").id, against: !!one(".x", part) };
  };
  const indexed = (idle) => {
    while (index.length < claims.length && (!idle || idle.timeRemaining() > 3)) index.push(entry(claims[index.length]));
    if (idle && index.length < claims.length) requestIdleCallback(indexed);
    return index;
  };
  const fill = (select, parts) => {
    for (const part of parts) select.append(made("option", heading(part), { value: "#" + part.id }));
  };
  const hit = (part) =>
    made("li", [linked(part.id, heading(part)), ` ${one("p", part).textContent}, ${heading(part.closest("section"))}`]);
  function search() {
    const words = plain(one("#words").value).split(/\s+/).filter(Boolean);
    const who = one("#who").value;
    const source = one("#source").value;
    const against = one("#against").checked;
    const asked = words.length || who || source || against;
    const hits = indexed().filter(
      (each) =>
        asked && (!who || each.who.includes(who)) && (!source || each.source === source) && (!against || each.against) && words.every((word) => each.words.includes(word)),
    );
    one("#found").replaceChildren(...hits.slice(0, 40).map((each) => hit(each.part)));
    one("#count").textContent = asked ? `${hits.length} of ${index.length} claims` + (hits.length > 40 ? ", the first 40 listed" : "") : "";
  }
  fill(one("#who"), all("#claimants > section"));
  if (!one("#claimants"))
    for (const [hash, name] of new Map(all('article > p > a[href*="#w-"]').map((each) => [each.hash, each.textContent])))
      one("#who").append(made("option", name, { value: hash }));
  fill(one("#source"), all("#sources > section"));
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
  const where = one("#where");
  const number = (text) => Math.round(Date.parse(text + "T00:00:00Z") / 864e5) + 719163;
  const day = (count) => new Date((Math.min(Math.max(count, 1), 3652059) - 719163) * 864e5).toISOString().slice(0, 10);
  /** Whether it is so on a day, as far as is known on another. */
  const holds = ([, , , first, , , end, presumed, cuts], when, known) =>
    first <= when && when <= Math.max(end, cuts.reduce((least, [said, limit]) => (said <= known ? Math.min(least, limit) : least), presumed));
  const how = ([, , , first, start, sure, end], when) =>
    when > end ? "presumed" : start > sure ? `on some day from ${day(first)} to ${day(end)}` : when >= start && when <= sure ? "" : "perhaps";
  /** Page, what it says, who said so when, who. */
  const claimed = ([anchor, ...known]) => {
    const part = document.getElementById(anchor);
    return part ? ["", heading(part), one("p", part).textContent, one("p a", part).textContent] : known.slice(8);
  };
  const cell = (entries, when, known) => {
    const rows = entries.map((entry) => {
      const [page, says, who] = claimed(entry);
      const words = [who, how(entry, when), entry[2] > known && "perhaps said later"].filter(Boolean).join("; ");
      return made("li", [made("a", says, { href: page + "#" + entry[0] }), ` (${words})`]);
    });
    return made("td", rows.length ? made("ul", rows) : "nobody");
  };
  /** What is said of a place on a day, and whether answers contradict each other (2: surely). */
  const told = (place, when) =>
    (place ?? [])
      .map(([anchor, entries, marks]) => [
        anchor,
        entries.filter((entry) => holds(entry, when, Infinity)),
        entries.filter((entry) => entry[1] <= when && holds(entry, when, when)),
        Math.max(0, ...marks.map(([first, last, sure]) => first <= when && when <= last && 1 + sure)),
      ])
      .filter(([, now, then]) => now.length || then.length);
  const counted = (count) => `${count} question${count > 1 ? "s" : ""}`;
  let questions = null;
  async function choose() {
    const known = await (questions ??= data("days"));
    const when = number(one("#day").value);
    if (!when) return;
    const rows = told(known[where.value], when).map(([anchor, now, then, against]) => {
      const words = against ? ` (answers ${against > 1 ? "" : "may "}contradict each other)` : "";
      return row([linked(anchor, document.getElementById(anchor).textContent), words], cell(now, when), cell(then, when, when));
    });
    one("#accounts").replaceChildren(...rows);
    one("#held").textContent = rows.length ? `${counted(rows.length)} on ${day(when)}` : `Nobody is on record for ${day(when)}.`;
    one("#heldtable").hidden = !rows.length;
    one("#parts").innerHTML = one(where.value + " .in")?.innerHTML ?? "";
    for (const link of all("#parts a")) {
      const count = told(known[link.hash], when).length;
      if (count) link.after(` (${counted(count)})`);
    }
  }
  if (where) {
    fill(where, all("#places > section"));
    if (where.options.length) {
      days.addEventListener("input", choose);
      days.hidden = false;
    }
  }

  // -- the map
  const choice = one("#mapof");
  const SIDES = [[11, 5], [-11, 5, "end"], [0, -12, "middle"], [0, 21, "middle"]]; // of names right, left, above, below
  const drawn = (tag, more, ...inside) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in more) part.setAttribute(name, more[name]);
    part.append(...inside);
    return part;
  };
  async function draw() {
    const [{ maps }, known] = await Promise.all([data("maps"), (questions ??= data("days"))]);
    const when = number(one("#day").value);
    if (!when) return;
    const [title, answers, more, view, scale, key, size, places] = maps[choice.value];
    const words = Object.fromEntries(all("#mapstates use").map((use) => [use.getAttribute("href")[2], use.closest("li").textContent.trim()]));
    const rows = [];
    const silent = [];
    const signs = places.map(([href, question, name, x, y, side, narrow, given]) => {
      const claims = {};
      let sure = false;
      const [, entries, marks] = known[href.slice(href.indexOf("#"))].find(([anchor]) => anchor === question);
      entries.forEach((entry, index) => {
        const answer = Math.floor(given[index]);
        if (answer < 0 || !holds(entry, when, Infinity)) return;
        (claims[answer] ??= []).push(entry);
        sure ||= given[index] === answer && !how(entry, when);
      });
      const met = marks.filter(([first, last]) => first <= when && when <= last);
      const said = Object.keys(claims);
      const single = said.length === 1 && !met.length;
      const kind = !said.length ? "n" : met.length ? (met.some((mark) => mark[2]) ? "c" : "p") : single ? answers[said[0]][1] : "s";
      const vague = said.length && !met.length && !sure;
      const what = kind > "9" ? words[kind] : "one answer" + (vague ? ", presumed or perhaps" : "");
      const place = () => made("a", name, { href });
      if (said.length) {
        const inside = said.map((answer) => {
          const who = claims[answer].flatMap((entry) => {
            const [page, , , name] = claimed(entry);
            return [", ", made("a", name, { href: page + "#" + entry[0] })];
          });
          return [made("b", answers[answer][0]), ": ", ...who.slice(1), made("br", [])];
        });
        rows.push(row(place(), made("td", what), made("td", inside.flat())));
      } else silent.push(", ", place());
      const [right, down, anchor] = SIDES[side % 4];
      return drawn(
        "a",
        { href },
        drawn("title", {}, `${name}${said.length ? ": " : ""}${said.map((answer) => answers[answer][0]).join("; ")} (${what})`),
        drawn("use", { class: "m" + kind + (vague || (single && answers[said[0]][2]) ? " w" : ""), href: "#m" + kind, transform: `translate(${x} ${y})scale(${size})` }),
        drawn("text", { class: side > 3 ? "q" : narrow ? "" : "r", x: x + right, y: y + down, "text-anchor": anchor ?? "start" }, name.length > 28 ? name.slice(0, 27) + "…" : name),
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
  if (choice && one("#maps")) {
    for (const part of [choice, days]) part.addEventListener("input", draw);
    one("#mapask").hidden = days.hidden = false;
  }

  // -- copying a citation
  const copy = made("button", "Copy citation", { type: "button", className: "copy" });
  const citation = (part) => {
    const ready = one("details p", part);
    if (ready) return ready.textContent;
    const source = part.closest("section");
    const facts = all("dl div", source)
      .filter((pair) => /^(publish|url)/.test(pair.textContent))
      .map((pair) => one("dd", pair).textContent);
    const origin = one("header .m").textContent.trim().slice(0, -1);
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
  for (const kind of ["load", "hashchange"]) addEventListener(kind, arrived);
})();
