// What every page gains from JavaScript: shorter addresses and buttons that copy. Nothing depends on it.
"use strict";

// Links name index.html, so that they work from a disk; on a server the address without it is the permanent one.
if (location.protocol.startsWith("http") && location.pathname.endsWith("/index.html")) {
  history.replaceState(null, "", location.pathname.slice(0, -"index.html".length) + location.search + location.hash);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the right to the clipboard (an old browser, plain http): the way of a selection.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(document.getElementById(button.dataset.copies).textContent.trim());
    button.textContent = done ? "Copied" : "Select it and copy";
    button.focus();
    setTimeout(() => { button.textContent = "Copy"; }, 3000);
  });
}
