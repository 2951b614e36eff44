// Charts whose figure is fetched: drawn by Plotly into their place. The equal table or list stands beside each, so a page is whole without them.
"use strict";

const NARROW = 480;
const PAPER = 640;

async function drawFigure(place) {
  const waits = place.querySelector("[data-figure-waits]");
  try {
    const answer = await fetch(place.dataset.figure, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The figure answered ${answer.status}`);
    const figure = await answer.json();
    if (figure.locale && figure.locale.name !== "en") Plotly.register(figure.locale);
    waits?.remove();
    if (place.clientWidth < NARROW) Object.assign(figure.layout, figure.narrow);
    await Plotly.newPlot(place, figure.data, figure.layout, figure.config);
    place.dataset.drawn = "";
  } catch (error) {
    waits?.remove();
    place.querySelector("[data-figure-failed]").hidden = false;
    console.warn(error);
  }
}

for (const place of document.querySelectorAll("[data-figure]")) drawFigure(place);

// A chart keeps its width in pixels, so that paper would cut it: it is drawn as wide as a sheet of A4 for as long as it is printed.
function relayoutDrawn(layout) {
  for (const place of document.querySelectorAll("[data-figure][data-drawn]")) Plotly.relayout(place, layout);
}
window.addEventListener("beforeprint", () => relayoutDrawn({ width: PAPER }));
window.addEventListener("afterprint", () => relayoutDrawn({ width: null, autosize: true }));
