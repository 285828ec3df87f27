// Search without a server. The index is described in warehouse/site/search_index.py; folding and splitting here do what
// they do there. Words of the index are only ever shown as text, never as markup.
"use strict";

const roundtableSearch = (() => {
  const PER_PAGE = 20;
  const MOST_TERMS = 24;
  const MOST_SHARDS = 24;
  const MOST_LOOKED_AT = 400;
  const SNIPPET = 240;
  const LETTERS = { "ß": "ss", "ς": "σ", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h" };
  const SINGLE = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/gu;

  document.getElementById("without").remove();
  const form = document.querySelector("form[data-index]");
  const base = form.dataset.index;
  const box = form.elements.q;
  const status = document.getElementById("status");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const shards = new Map();
  const stores = new Map();
  const loading = new Map();
  let directory = null;
  let asked = 0;

  function fold(text) {
    const plain = text.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    return plain.replace(/[ßςłøđðþæœıħ]/g, (letter) => LETTERS[letter]);
  }

  function words(text) {
    const found = [];
    for (const [word] of fold(text).matchAll(/[\p{L}\p{N}]+/gu)) {
      for (const [part] of word.matchAll(SINGLE)) found.push([...part].slice(0, 60).join(""));
    }
    return found;
  }

  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = base + name;
        script.onload = resolve;
        script.onerror = () => { loading.delete(name); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  // The last shard that begins at or before a word.
  function shardOf(word) {
    let low = 0;
    let high = directory.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (directory.words[middle] <= word) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  }

  function parse(query) {
    const wanted = [];
    const unwanted = [];
    const pattern = /(-?)(?:["“”„«]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+))/gu;
    for (const [, minus, phrase, word] of query.slice(0, 4000).matchAll(pattern)) {
      const parts = words(phrase ?? word);
      if (!parts.length) continue;
      const before = minus && (phrase ?? word) ? unwanted : wanted;
      before.push({ parts, prefix: phrase === undefined && word.endsWith("*"), exact: phrase !== undefined });
    }
    return { wanted: wanted.slice(0, MOST_TERMS), unwanted: unwanted.slice(0, MOST_TERMS) };
  }

  // Which texts have a word, or words that begin so: number of the text → weight.
  async function having(word, prefix) {
    const found = new Map();
    if (!directory.words.length) return found;
    const first = shardOf(word);
    const last = prefix ? Math.min(shardOf(word + "\uffff"), first + MOST_SHARDS) : first;
    await Promise.all(Array.from({ length: last - first + 1 }, (_, step) => load(`words-${first + step}.js`)));
    for (let shard = first; shard <= last; shard += 1) {
      for (const [other, postings] of shards.get(shard)) {
        const same = other === word;
        if (!same && !(prefix && other.startsWith(word))) continue;
        const rarity = Math.log(1 + (directory.texts - postings.length / 2 + 0.5) / (postings.length / 2 + 0.5));
        let number = 0;
        for (let place = 0; place < postings.length; place += 2) {
          number += postings[place];
          const weight = postings[place + 1] * rarity * (same ? 1 : 0.6);
          found.set(number, Math.max(found.get(number) ?? 0, weight));
        }
      }
    }
    return found;
  }

  async function matching(term) {
    let found = null;
    for (const [place, part] of term.parts.entries()) {
      const last = place === term.parts.length - 1;
      // A word of four letters or more also finds the longer words that begin with it.
      const open = last && (term.prefix || (!term.exact && term.parts.length === 1 && part.length > 3));
      const here = await having(part, open);
      if (found === null) {
        found = here;
      } else {
        for (const [number, weight] of found) {
          if (here.has(number)) found.set(number, weight + here.get(number)); else found.delete(number);
        }
      }
    }
    return found ?? new Map();
  }

  async function stored(number) {
    const file = Math.floor(number / directory.perFile);
    await load(`texts-${file}.js`);
    return stores.get(file)[number % directory.perFile];
  }

  function hasPhrase(entry, parts) {
    const spaced = (text) => ` ${words(text).join(" ")} `;
    const phrase = ` ${parts.join(" ")} `;
    return [entry[1], entry[2], entry[4]].some((text) => spaced(text).includes(phrase));
  }

  async function* ranked(query) {
    const { wanted, unwanted } = parse(query);
    const sets = await Promise.all(wanted.map(matching));
    const barred = await Promise.all(unwanted.map(matching));
    const score = new Map();
    for (const [number, weight] of sets[0] ?? []) {
      let sum = weight;
      if (!sets.every((set, place) => place === 0 || (set.has(number) && ((sum += set.get(number)), true)))) continue;
      score.set(number, sum);
    }
    const phrases = wanted.filter((term) => term.parts.length > 1);
    const notPhrases = unwanted.filter((term) => term.parts.length > 1);
    unwanted.forEach((term, place) => {
      if (term.parts.length === 1) for (const number of barred[place].keys()) score.delete(number);
    });
    const order = [...score].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    const certain = !phrases.length && !notPhrases.length;
    yield { most: order.length, certain, terms: wanted };
    // A phrase is looked for in the texts themselves, of which only so many are loaded.
    for (const [number] of certain ? order : order.slice(0, MOST_LOOKED_AT)) {
      const entry = await stored(number);
      if (!phrases.every((term) => hasPhrase(entry, term.parts))) continue;
      if (notPhrases.some((term) => hasPhrase(entry, term.parts))) continue;
      yield entry;
    }
  }

  function marked(text, terms, parent) {
    let end = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!hits(match[0], terms)) continue;
      parent.append(text.slice(end, match.index));
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      parent.append(mark);
      end = match.index + match[0].length;
    }
    parent.append(text.slice(end));
    return parent;
  }

  function hits(word, terms) {
    const parts = words(word);
    return terms.some((term) => term.parts.some((wanted) => parts.some((part) =>
      part === wanted || (!term.exact && wanted.length > 3 && part.startsWith(wanted)) || (term.prefix && part.startsWith(wanted)))));
  }

  // The stretch of a text with the most of the words that were asked for.
  function snippet(text, terms) {
    let best = 0;
    let most = -1;
    const places = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter((match) => hits(match[0], terms)).map((match) => match.index);
    for (const start of places.slice(0, 200)) {
      const count = places.filter((place) => place >= start && place < start + SNIPPET).length;
      if (count > most) { most = count; best = start; }
    }
    let from = Math.max(0, best - 60);
    if (from > 0) from = text.indexOf(" ", from) + 1 || from;
    let to = Math.min(text.length, from + SNIPPET);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  }

  function shown(entry, terms) {
    const [path, title, names, about, text, language] = entry;
    const item = document.createElement("li");
    const link = document.createElement("a");
    const root = base.replace(/search\/[^/]*\/$/, "");
    link.href = `${root}${path}index.html`;
    link.dir = "auto";
    marked(title, terms, link);
    const facts = document.createElement("p");
    facts.className = "facts";
    const who = document.createElement("bdi");
    marked(names, terms, who);
    facts.append(who, names ? " · " : "", about);
    item.append(link, facts);
    if (text) {
      const words = document.createElement("p");
      words.className = "snippet";
      if (language) words.lang = language;
      words.dir = "auto";
      item.append(marked(snippet(text, terms), terms, words));
    }
    return item;
  }

  async function show(query) {
    const mine = ++asked;
    list.replaceChildren();
    more.hidden = true;
    if (!query.trim()) { status.textContent = ""; return; }
    status.textContent = "Searching …";
    try {
      await load("directory.js");
      const results = ranked(query);
      const head = (await results.next()).value;
      if (mine !== asked) return;
      if (!head.terms.length) { status.textContent = "Type a word to look for."; return; }
      await fill(results, head, mine);
      more.onclick = () => fill(results, head, mine);
    } catch (error) {
      if (mine === asked) status.textContent = `A part of the index could not be loaded (${error.message}). Try again.`;
    }
  }

  async function fill(results, head, mine) {
    let next = { done: false };
    let count = 0;
    for (; count < PER_PAGE; count += 1) {
      next = await results.next();
      if (mine !== asked) return;
      if (next.done) break;
      list.append(shown(next.value, head.terms));
    }
    const here = list.children.length;
    more.hidden = next.done || (head.certain && here === head.most);
    if (!here) {
      status.textContent = "Nothing was found. Try fewer words, or the beginning of one: wom*";
    } else if (more.hidden) {
      status.textContent = here === 1 ? "1 result" : `${here.toLocaleString("en")} results`;
    } else {
      status.textContent = head.certain ? `${here} of ${head.most.toLocaleString("en")} results` : `The first ${here} results`;
    }
  }

  let waiting = 0;
  function ask(at_once) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = new URL(location.href);
      address.searchParams.set("q", box.value);
      history.replaceState(null, "", address);
      show(box.value);
    }, at_once ? 0 : 200);
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(true); });
  box.addEventListener("input", () => ask(false));
  box.value = new URLSearchParams(location.search).get("q") ?? "";

  return {
    directory: (found) => { directory = found; },
    words: (number, found) => shards.set(number, found),
    texts: (number, found) => stores.set(number, found),
    begin: () => show(box.value),
    split: words,
  };
})();

roundtableSearch.begin();
