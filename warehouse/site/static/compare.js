// Any two versions of a text, compared word by word in the browser. The page holds what the versions say as data; the
// comparison is that of difference.py: paragraphs first, and words only inside those that changed.
"use strict";

(() => {
  const MOST_WORK = 4000000;
  const MOST_PAIRS = 10000;
  const data = JSON.parse(document.getElementById("versions").textContent);
  const [from, to] = ["from", "to"].map((name) => document.getElementById(name));

  // Stretches of two sequences: [same, from a to b of the one, from c to d of the other].
  function runs(before, after) {
    let first = 0;
    const shorter = Math.min(before.length, after.length);
    while (first < shorter && before[first] === after[first]) first += 1;
    let last = 0;
    while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1;
    const [rows, columns] = [before.length - first - last, after.length - first - last];
    const found = [[true, 0, first, 0, first]];
    if (rows * columns > MOST_WORK) {
      found.push([false, first, first + rows, first, first + columns]);
    } else {
      found.push(...between(before, after, first, rows, columns));
    }
    found.push([true, first + rows, before.length, first + columns, after.length]);
    return joined(found);
  }

  // The longest sequence that both have, by the table of lengths.
  function between(before, after, first, rows, columns) {
    const width = columns + 1;
    const lengths = new Uint32Array((rows + 1) * width);
    for (let row = rows - 1; row >= 0; row -= 1) {
      for (let column = columns - 1; column >= 0; column -= 1) {
        const here = row * width + column;
        lengths[here] = before[first + row] === after[first + column]
          ? lengths[here + width + 1] + 1 : Math.max(lengths[here + width], lengths[here + 1]);
      }
    }
    const found = [];
    let [row, column] = [0, 0];
    while (row < rows || column < columns) {
      const [a, c] = [first + row, first + column];
      const here = row * width + column;
      if (row < rows && column < columns && before[a] === after[c]) {
        found.push([true, a, a + 1, c, c + 1]);
        row += 1;
        column += 1;
      } else if (column === columns || (row < rows && lengths[here + width] >= lengths[here + 1])) {
        found.push([false, a, a + 1, c, c]);
        row += 1;
      } else {
        found.push([false, a, a, c, c + 1]);
        column += 1;
      }
    }
    return found;
  }

  function joined(stretches) {
    const found = [];
    for (const one of stretches.filter(([, a, b, c, d]) => b > a || d > c)) {
      const before = found.at(-1);
      if (before && before[0] === one[0]) {
        [before[2], before[4]] = [one[2], one[4]];
      } else {
        found.push([...one]);
      }
    }
    return found;
  }

  // One passage beside another, as pieces [mark, text]; a blank between two changes belongs to them.
  function words(old, now) {
    const [before, after] = [old, now].map((text) => text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? []);
    const tidied = joined(runs(before, after).map((run, place, all) => {
      const isBlank = run[0] && place > 0 && place < all.length - 1 && !before.slice(run[1], run[2]).join("").trim();
      return isBlank ? [false, ...run.slice(1)] : run;
    }));
    return tidied.flatMap(([same, a, b, c, d]) => same
      ? [["same", before.slice(a, b).join("")]]
      : [["del", before.slice(a, b).join("")], ["ins", after.slice(c, d).join("")]].filter(([, text]) => text));
  }

  function isAlike(one, other) {
    const [left, right] = [one, other].map((text) => new Set(text.split(/\s+/u)));
    const shared = [...left].filter((word) => right.has(word)).length;
    return 2 * shared >= Math.min(left.size, right.size);
  }

  // Paragraphs that stand in each other's place: alike ones are compared, others are taken out and put in.
  function replaced(before, after) {
    const found = [];
    let waiting = after;
    for (const text of before) {
      const partner = before.length * after.length > MOST_PAIRS ? -1 : waiting.findIndex((other) => isAlike(text, other));
      if (partner < 0) {
        found.push([["del", text]]);
      } else {
        found.push(...waiting.slice(0, partner).map((other) => [["ins", other]]), words(text, waiting[partner]));
        waiting = waiting.slice(partner + 1);
      }
    }
    return [...found, ...waiting.map((other) => [["ins", other]])];
  }

  function paragraphs(old, now) {
    const [before, after] = [old, now].map((text) => text.split(/\n\s*\n/u).map((one) => one.trim()).filter(Boolean));
    return runs(before, after).flatMap(([same, a, b, c, d]) => same
      ? before.slice(a, b).map((text) => [["same", text]]) : replaced(before.slice(a, b), after.slice(c, d)));
  }

  function element(name, content = [], attributes = {}) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...content);
    return made;
  }

  function shown(pieces, name = "p") {
    return element(name, pieces.map(([mark, text]) => mark === "same" ? text : element(mark, [text])));
  }

  const isSame = (pieces) => pieces.every(([mark]) => mark === "same");

  // Paragraphs for the page; where more than two in a row are unchanged, they are folded away.
  function folded(compared) {
    const found = [];
    let run = [];
    const close = () => {
      if (run.length > 2) {
        const summary = element("summary", [`${run.length} unchanged paragraphs`]);
        found.push(element("details", [summary, ...run], { className: "unchanged" }));
      } else {
        run.forEach((one) => { one.className = "unchanged"; });
        found.push(...run);
      }
      run = [];
    };
    for (const pieces of compared) {
      if (isSame(pieces)) {
        run.push(shown(pieces));
      } else {
        close();
        found.push(shown(pieces));
      }
    }
    close();
    return found;
  }

  function counted(compared, mark) {
    const text = compared.flat().filter(([kind]) => kind === mark).map(([, words]) => words).join(" ");
    const number = (text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).length;
    return `${number} ${number === 1 ? "word" : "words"}`;
  }

  function compare() {
    const [old, now] = [from, to].map((select) => data.versions.find((one) => String(one.number) === select.value));
    const compared = paragraphs(old.text, now.text);
    const around = data.fields
      .map((name, place) => [name, words(old.around[place], now.around[place])])
      .filter(([, pieces]) => !isSame(pieces));
    document.getElementById("around").replaceChildren(
      ...around.map(([name, pieces]) => element("div", [element("dt", [name]), shown(pieces, "dd")])),
    );
    document.getElementById("around-text").hidden = !around.length;
    const text = document.getElementById("compared");
    text.replaceChildren(...folded(compared));
    text.lang = now.lang ?? "";
    text.dir = now.dir;
    document.getElementById("told").textContent = `Version ${old.number} to version ${now.number}: `
      + (compared.every(isSame) ? "the words of the text are the same."
        : `${counted(compared, "del")} taken out, ${counted(compared, "ins")} put in.`);
    if (location.protocol.startsWith("http")) {
      history.replaceState(null, "", `?from=${old.number}&to=${now.number}`);
    }
  }

  const asked = new URLSearchParams(location.search);
  for (const select of [from, to]) {
    const wanted = asked.get(select.id);
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
    select.addEventListener("change", compare);
  }
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  document.getElementById("without").hidden = true;
  compare();
})();
