// A link to another page of this dashboard opens in this session instead of a new one: what only this session holds,
// such as an upload, stays at hand. Streamlit does the same where the browser goes back or forward.
//
// What a page adds to its own link, such as a default, is no step of the reader: it takes the place of the entry in the
// browser's history that it completes, so that one press of Back leads back.
if (!window.linksKeepTheSession) {
  window.linksKeepTheSession = true;
  const push = history.pushState.bind(history);
  let isReaders = false;
  for (const did of ["pointerdown", "keydown"]) document.addEventListener(did, () => { isReaders = true; }, true);
  history.pushState = (state, unused, link) => {
    const isSamePage = new URL(link ?? location.href, location.href).pathname === location.pathname;
    if (isSamePage && !isReaders) history.replaceState(state, unused, link);
    else push(state, unused, link);
    isReaders = false;
  };
  document.addEventListener("click", (click) => {
    const link = click.target instanceof Element ? click.target.closest(".sla a[href]") : null;
    const isPlain = click.button === 0 && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.altKey;
    if (!link || !isPlain || (link.target && link.target !== "_self") || link.origin !== location.origin || link.hash) return;
    click.preventDefault();
    isReaders = true;
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
}
