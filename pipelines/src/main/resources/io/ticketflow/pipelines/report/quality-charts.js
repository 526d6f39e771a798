"use strict";
/** How far probabilities are to be believed, and what corrupted images do to networks. */
const qualityCharts = (parts, data, style) => {
  const { unique, legendLetter, longest, percent, facets, above, panels } = parts;

  function reliability(width) {
    const part = { type: "quantitative", scale: { domain: [0, 1] } };
    const axis = (title) => ({ title, format: ".0%", labelOverlap: "greedy" });
    return { description: "Accuracy against confidence, a line a cycle, a panel a method.",
      ...facets(data.reliability, width, 70, 260, {
        height: 230,
        layer: [
          { data: { values: [{ at: 0 }, { at: 1 }] },
            mark: { type: "line", strokeDash: [4, 4], color: style.muted, tooltip: false },
            encoding: { x: { field: "at", ...part }, y: { field: "at", ...part } } },
          { mark: { type: "line", strokeWidth: 1.8, point: { size: 26, filled: true } },
            encoding: {
              x: { field: "confidence", ...part, axis: axis("Confidence") },
              y: { field: "accuracy", ...part, axis: axis("Accuracy") },
              color: { field: "cycle", type: "ordinal", legend: { title: "Cycle", ...above(width) } },
              tooltip: [{ field: "name", title: "method" }, { field: "cycle" },
                percent("confidence", "confidence"), percent("accuracy", "accuracy"),
                { field: "images" }] } },
        ],
      }) };
  }

  function corruptions(width) {
    const rows = [...data.corruptions].sort((a, b) => a.family < b.family ? -1 :
      a.family > b.family ? 1 : a.corruption < b.corruption ? -1 : 1);
    const kinds = unique(rows.map((row) => row.corruption));
    const severities = unique(rows.flatMap((row) => Object.keys(row)))
      .filter((key) => key.startsWith("severity ")).sort();
    return { description: "Heat map of the accuracy under each corruption by cycle.",
      ...facets(rows, width, Math.min(170, longest(kinds) * legendLetter) + 15, 240, {
        height: { step: 18 },
        mark: { type: "rect" },
        encoding: {
          x: { field: "cycle", type: "ordinal",
            axis: { title: "Cycle", labelAngle: 0, labelOverlap: true } },
          y: { field: "corruption", type: "ordinal", sort: kinds, axis: { title: null } },
          color: { field: "accuracy", type: "quantitative",
            legend: { title: "Accuracy", format: ".2~p", ...above(width) } },
          tooltip: [{ field: "name", title: "method" }, { field: "corruption" },
            { field: "family" }, { field: "cycle" },
            { field: "density", format: ".4~p", type: "quantitative" },
            percent("accuracy", "mean accuracy"),
            ...severities.map((key) => percent(key, key))],
        },
      }) };
  }

  return {
    quality: [(width) => panels(data.quality, "On test", ".3~g", [], false, width)],
    calibration: [(width) => panels(data.calibration, "On test", ".3~g",
      [{ field: "nll", title: "likelihood", format: ".4f", type: "quantitative" },
        { field: "scaledNll", title: "after scaling", format: ".4f", type: "quantitative" }],
      false, width)],
    reliability: [(width) => reliability(width)],
    robustness: [(width) => panels(data.robustness, "Error", ".3~p",
      [{ field: "loss", title: "mean loss", format: ".4f", type: "quantitative" }], true, width)],
    corruptions: [(width) => corruptions(width)],
  };
};
