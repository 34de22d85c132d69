// A link to another page of this dashboard opens in this session instead of a new one: what only this session holds,
// such as an upload, stays at hand. Streamlit does the same where the browser goes back or forward.
if (!window.linksKeepTheSession) {
  window.linksKeepTheSession = true;
  document.addEventListener("click", (click) => {
    const link = click.target instanceof Element ? click.target.closest(".sla a[href]") : null;
    const isPlain = click.button === 0 && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.altKey;
    if (!link || !isPlain || (link.target && link.target !== "_self") || link.origin !== location.origin || link.hash) return;
    click.preventDefault();
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
}
