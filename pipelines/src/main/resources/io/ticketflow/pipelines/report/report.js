/** What the page does: reads its data, draws the figures of charts.js, and again when it changes. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  // Menus of the charts take this from the page's width.
  const menu = 40;
  const shown = {};

  function style() {
    const colour = (name) =>
      getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    return { dark: dark.matches, text: colour("text"), muted: colour("muted"), line: colour("line") };
  }

  async function draw() {
    const { charts, config } = figures(data, style());
    for (const [id, [spec, renderer]] of Object.entries(charts)) {
      const place = document.getElementById(id);
      if (!place) continue;
      const room = place.clientWidth - menu;
      // Axes and legends are as wide as their texts; what a first drawing shows too much is taken off.
      for (let width = room, over = 1, tries = 0; over > 0 && tries < 3; width -= over, tries++) {
        shown[id]?.finalize();
        shown[id] = await vegaEmbed(place,
          { $schema: "https://vega.github.io/schema/vega-lite/v5.json", ...spec(width) },
          { config: config(width), renderer, theme: undefined,
            tooltip: { theme: dark.matches ? "dark" : "light" },
            actions: { export: true, source: false, compiled: false, editor: false } });
        over = Math.ceil(place.querySelector("svg.marks, canvas").getBoundingClientRect().width - room);
      }
    }
  }

  let drawn = document.body.clientWidth, waiting;
  window.addEventListener("resize", () => {
    if (document.body.clientWidth === drawn) return;
    drawn = document.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
  dark.addEventListener("change", draw);
  draw();
})();
