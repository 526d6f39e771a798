"use strict";
/** What masks and signs are like. */
const maskCharts = (parts, data) => {
  const { unique, percent, facets, above, panels } = parts;

  function pixels(width) {
    const side = { type: "ordinal", axis: null };
    const pictures = facets(data.pixels, width, 20, 200, {
      mark: { type: "rect" },
      encoding: {
        x: { field: "x", ...side }, y: { field: "y", ...side },
        color: { field: "share", type: "quantitative",
          legend: { title: "Share of units", format: ".2~p", ...above(width) } },
        tooltip: [{ field: "name", title: "method" }, { field: "x" }, { field: "y" },
          percent("share", "share of units")],
      },
    });
    // Whole pixels a cell, so that no gaps show, and as high as wide.
    const count = unique(data.pixels.map((row) => row.x)).length;
    const step = Math.max(2, Math.floor(Math.min(pictures.spec.width, 280) / count));
    pictures.spec.width = pictures.spec.height = { step };
    return { description: "Share of units that take each pixel, a picture a method.", ...pictures };
  }

  return {
    agreement: [(width) => panels(data.agreement, "Share of weights", ".3~p", [], false, width)],
    units: [(width) => panels(data.units, "Share of the dense network", ".3~p", [], false, width)],
    pixels: [(width) => pixels(width)],
  };
};
