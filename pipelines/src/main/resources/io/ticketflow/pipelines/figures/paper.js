// What browsers have and the bare language lacks; specifications are plain values.
globalThis.structuredClone ??= (value) => {
  if (Array.isArray(value)) return value.map((one) => structuredClone(one));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, structuredClone(one)]));
};

/** Figures on white paper, by id and width in pixels: promises of SVG. */
(json) => {
  // The page's light colours, and fonts that programs for papers know.
  const { charts, config } = figures(JSON.parse(json),
    { dark: false, text: "#1a1d21", muted: "#545c66", line: "#d5dae0" });
  const white = (width) =>
    ({ ...config(width), background: "white", font: "Helvetica, Arial, sans-serif" });

  // Axes and legends are as wide as their texts: what is too wide for it shrinks, what is too
  // narrow grows, a few percent.
  const fitted = (svg, width) => svg.replace(/ width="([\d.]+)" height="([\d.]+)"/u,
    (_, across, down) => ` width="${width}" height="${(down * width / across).toFixed(2)}"`);

  return async (id, width) => {
    const [spec] = charts[id];
    const drawn = spec(width);
    // What Vega-Lite has no word for is told to Vega itself.
    const compiled = drawn.$schema?.includes("/vega/") ? drawn
      : vegaLite.compile(drawn, { config: white(width) }).spec;
    const view = new vega.View(vega.parse(compiled, white(width)), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    return fitted(svg, width);
  };
};
