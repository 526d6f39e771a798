"use strict";
/** What the charts of a report share: names in lines, axes, panels, and Vega's settings. */
const chartParts = (data, style) => {
  // Okabe and Ito's palette, which colour-blind readers can tell apart; lighter on dark pages.
  const light12 = ["#0072b2", "#d55e00", "#00805c", "#b0508c", "#8a6d00", "#3f8fc4", "#6b4fa0",
    "#8c3b3b", "#4d6b1f", "#5f6770", "#c2185b", "#00838f"];
  const dark12 = ["#5ab4e5", "#ff9a4d", "#3fcf9f", "#f09ccb", "#e8c547", "#a5d8ff", "#b9a3ee",
    "#f0938f", "#b5d46a", "#b4bcc6", "#ff7fae", "#5fd3de"];
  const shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];
  const unique = (values) => [...new Set(values)];
  const legendLetter = 6.8, headLetter = 7.6;
  const lines = "split(datum.label, '\\n')";
  const longest = (texts) => Math.max(1, ...texts.flatMap((text) => text.split("\n"))
    .map((line) => line.length));
  const percent = (field, title) => ({ field, title, format: ".2%", type: "quantitative" });

  function config(width) {
    const { text, muted, line } = style;
    const wide = width >= 900;
    return {
      background: "transparent",
      font: "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif",
      axis: { labelColor: muted, titleColor: text, gridColor: line, domainColor: muted,
        tickColor: muted, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 600,
        gridOpacity: 0.6 },
      legend: { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12,
        titleFontWeight: 600, labelLimit: 0, orient: wide ? "right" : "bottom", symbolLimit: 500,
        layout: { bottom: { direction: "vertical", anchor: "start" } } },
      header: { labelColor: text, titleColor: text, labelFontSize: 13, labelFontWeight: 600,
        labelLimit: 0 },
      view: { stroke: line },
      range: {
        category: style.dark ? dark12 : light12,
        ordinal: ramp(), ramp: ramp(), heatmap: ramp(),
      },
    };
  }

  // The ends that would vanish in the page's colour are cut off.
  function ramp() {
    return { scheme: "viridis", extent: style.dark ? [0.25, 1] : [0, 0.88] };
  }

  /** Sparser to the right, the densities marked if they are few. */
  function densityAxis(rows) {
    const densities = unique(rows.map((row) => row.density)).sort((a, b) => b - a);
    const high = densities[0], low = densities.at(-1);
    const domain = low < high ? [high, low] : [high * 1.5, low / 1.5];
    const axis = { title: "Density (kept part of the prunable weights)", format: ".3~p",
      grid: false, labelOverlap: "greedy", labelSeparation: 6 };
    if (densities.length <= 24) axis.values = densities;
    return { field: "density", type: "quantitative", scale: { type: "log", domain, nice: false },
      axis };
  }

  /** A name in lines of so many letters: what tells series apart is never cut off. */
  function wrapped(name, letters) {
    const all = [""];
    for (const word of name.split(/(?<=[ ,=/_])/)) {
      for (const piece of word.match(new RegExp(`.{1,${letters}}`, "gsu")) ?? []) {
        if (all.at(-1) && (all.at(-1) + piece).trimEnd().length > letters) all.push("");
        all[all.length - 1] += piece;
      }
    }
    return all.map((line) => line.trim()).join("\n");
  }

  /** Rows whose series is a name in lines, the names in order, and the name in one line beside. */
  function named(rows, letters) {
    const there = new Set(rows.map((row) => row.series));
    const names = new Map(data.series.filter((name) => there.has(name))
      .map((name) => [name, wrapped(name, letters)]));
    return [rows.map((row) => ({ ...row, name: row.series, series: names.get(row.series) })),
      [...names.values()]];
  }

  /**
   * Small charts, one a series, as many in a row as fit; their legend is above them, where it takes
   * no width.
   *
   * @param axis pixels that the labels beside a row of charts take
   * @param own whether each chart has such labels: then it has scales of its own
   */
  function facets(all, width, axis, least, spec, own = false) {
    const count = new Set(all.map((row) => row.series)).size;
    const columns = Math.max(1, Math.min(3, count, Math.floor((width - axis) / least)));
    const labels = axis * (own ? columns : 1);
    const inner = Math.max(140, Math.floor((width - labels - 20 * (columns - 1)) / columns) - 4);
    const [rows, names] = named(all, Math.floor(inner / headLetter));
    return {
      data: { values: rows }, columns,
      facet: { field: "series", type: "nominal", title: null, sort: names,
        header: { labelExpr: lines } },
      spec: { ...spec, width: inner },
      resolve: own ? { scale: { y: "independent" }, axis: { x: "independent", y: "independent" } }
        : { axis: { x: "independent" } },
    };
  }

  const above = (width) => ({ orient: "top", direction: "horizontal",
    gradientLength: Math.min(200, width - 40), columns: Math.max(1, Math.floor(width / 45)) });

  /**
   * Panels side by side, one a quantity, a line a series over density.
   *
   * @param alike whether the quantities can be compared: then they have one scale
   */
  function panels(all, title, format, extra, alike, width) {
    const kinds = unique(all.map((row) => row.panel));
    const columns = Math.max(1, Math.min(kinds.length, Math.floor((width - 40) / 300)));
    const inner = Math.max(150, Math.floor(width / columns) - 75);
    const [rows, drawn] = named(all, Math.floor((width - 50) / legendLetter));
    const fitting = Math.floor((width - 40) / (longest(drawn) * legendLetter + 40));
    const x = densityAxis(rows);
    x.axis = { ...x.axis, title: "Density", labelAngle: 0 };
    // A method has one colour in all figures, whichever others there are.
    const palette = style.dark ? dark12 : light12;
    const there = new Set(all.map((row) => row.series));
    const range = data.series.flatMap((name, i) => there.has(name) ? [palette[i % 12]] : []);
    const color = { field: "series", type: "nominal", sort: drawn, scale: { domain: drawn, range },
      legend: { title: "Method", symbolOpacity: 1, symbolSize: 110, labelExpr: lines,
        orient: "bottom", columns: Math.max(1, fitting) } };
    const level = rows.every((row) => row.mean === 0) ? { domain: [0, 1] } : { zero: true };
    const y = { field: "mean", type: "quantitative", scale: level, axis: { title, format } };
    const tooltip = [{ field: "name", title: "method" }, { field: "cycle" },
      { field: "density", format: ".4~p", type: "quantitative" },
      { field: "mean", format: ".4~g", type: "quantitative" },
      { field: "min", title: "least", format: ".4~g", type: "quantitative" },
      { field: "max", title: "greatest", format: ".4~g", type: "quantitative" },
      { field: "count", title: "of so many" }, ...extra];
    return {
      description: title + " against density, a panel a quantity, a line a method.",
      data: { values: rows }, columns,
      facet: { field: "panel", type: "nominal", title: null, sort: kinds },
      spec: { width: inner, height: 220,
        layer: [
          { mark: { type: "line", strokeWidth: 2.2 }, encoding: { x, y, color } },
          { mark: { type: "point", filled: true, size: 42 }, encoding: { x, y, color, tooltip } },
        ] },
      resolve: { scale: { y: alike ? "shared" : "independent" },
        axis: { x: "independent", y: "independent" } },
    };
  }

  return { config, unique, legendLetter, headLetter, lines, longest, percent, ramp, densityAxis,
    wrapped, named, facets, above, panels, shapes };
};
