"""How much a page moved while it loaded, asked in the browser once nothing is left to load or to draw."""

MOVED = """async () => {
  let sum = 0;
  const add = entries => entries.forEach(entry => { sum += entry.value; });
  const observer = new PerformanceObserver(list => add(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  const frame = () => new Promise(requestAnimationFrame);
  await document.fonts.ready;
  if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done));
  await frame();  // what the fonts change is laid out
  await frame();  // and what moved is told
  add(observer.takeRecords());
  return sum;
}"""
