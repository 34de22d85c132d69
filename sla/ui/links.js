// A link to another page of this dashboard opens in this session instead of a new one: what only this session holds,
// such as an upload, stays at hand. Streamlit does the same where the browser goes back or forward.
//
// What the reader does is one step in the browser's history, however often the link is written after it: what a page
// adds to its own link, such as a default, completes the entry that is there, so that one press of Back leads back. What
// was added before this script was there, while the first page was drawn, is taken back to the entry that was opened.
if (!window.linksKeepTheSession) {
  window.linksKeepTheSession = true;
  const push = history.pushState.bind(history);
  let isReaders = false;
  let completed = null; // the link that the opened entry will have, while the way back to it is under way
  const complete = (link) => {
    if (completed !== null) completed = new URL(link, location.href).href;
    else history.replaceState(history.state, "", link);
  };
  for (const did of ["pointerdown", "keydown"]) document.addEventListener(did, () => { isReaders = true; }, true);
  history.pushState = (state, unused, link) => {
    if (isReaders) push(state, unused, link);
    else complete(link ?? location.href);
    isReaders = false;
  };

  const isOpened = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const opened = globalThis.navigation?.entries().find((entry) => entry.sameDocument);
  if (isOpened && opened && opened.index < navigation.currentEntry.index) {
    completed = location.href;
    const arrived = (back) => {
      back.stopImmediatePropagation(); // for Streamlit it would be another page
      const link = completed;
      completed = null;
      history.replaceState(history.state, "", link);
    };
    window.addEventListener("popstate", arrived, { capture: true, once: true });
    // To that entry by its name: so many steps back could lead out of this page where the reader has taken one meanwhile.
    const way = navigation.traverseTo(opened.key);
    for (const end of [way.committed, way.finished]) {
      end.catch(() => { // the reader went elsewhere first
        completed = null;
        window.removeEventListener("popstate", arrived, { capture: true });
      });
    }
  }

  document.addEventListener("click", (click) => {
    const link = click.target instanceof Element ? click.target.closest(".sla a[href]") : null;
    const isPlain = click.button === 0 && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.altKey;
    if (!link || !isPlain || (link.target && link.target !== "_self") || link.origin !== location.origin || link.hash) return;
    click.preventDefault();
    // What was chosen on this page is listed in its place: the reader stays there.
    const isInPlace = link.pathname === location.pathname && (/[?&]cell_/.test(link.search) || link.closest(".way-back"));
    isReaders = true;
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (!isInPlace) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
}
