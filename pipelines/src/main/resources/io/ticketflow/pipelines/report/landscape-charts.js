"use strict";
/** Losses between networks, and how sharply they bend. */
const landscapeCharts = (parts, data, style) => {
  const { unique, headLetter, lines, percent, ramp, densityAxis, wrapped, named, facets, above,
    panels } = parts;

  function barriers(width) {
    return panels(data.barriers, "Loss barrier", ".3~g", [
      { field: "overMean", title: "over the mean of the ends", format: ".4~g",
        type: "quantitative" },
      { field: "error", title: "of the error", format: ".3~p", type: "quantitative" },
      { field: "distance", format: ".4~g", type: "quantitative" }], true, width);
  }

  function paths(width) {
    const few = unique(data.paths.map((row) => row.cycle)).length <= 8;
    return { description: "Loss along lines between networks, a line a cycle, a panel a method.",
      ...facets(data.paths, width, 62, 350, {
        height: 200,
        mark: { type: "line", strokeWidth: 1.8, point: { size: 14 } },
        encoding: {
          x: { field: "share", type: "quantitative", scale: { nice: false },
            axis: { title: "Share of the second network", grid: false } },
          y: { field: "loss", type: "quantitative", scale: { zero: false },
            axis: { title: "Loss", format: ".3~g" } },
          detail: { field: "cycle" },
          color: { field: "cycle", type: few ? "ordinal" : "quantitative",
            legend: { title: "Cycle", ...above(width) } },
          tooltip: [{ field: "name", title: "line" }, { field: "cycle" },
            { field: "share", format: ".3~f", type: "quantitative" },
            { field: "loss", format: ".4f", type: "quantitative" }, percent("accuracy", "accuracy")],
        },
      }, true) };
  }

  function hull(width) {
    const subjects = ["points of the hull", "particles", "average"];
    const x = densityAxis(data.hull);
    x.axis = { ...x.axis, title: "Density" };
    const color = { field: "subject", type: "nominal", scale: { domain: subjects },
      legend: { title: "Loss of", symbolOpacity: 1, ...above(width), columns: 1 } };
    const y = { type: "quantitative", scale: { zero: false } };
    return { description: "Loss in the hull of particles against density, a panel a method.",
      ...facets(data.hull, width, 70, 320, {
        height: 230,
        layer: [
          { transform: [{ filter: "datum.subject === 'points of the hull'" }],
            mark: { type: "area", opacity: 0.18, tooltip: false },
            encoding: { x, y: { field: "min", ...y, axis: { title: "Loss", format: ".3~g" } },
              y2: { field: "max" }, color } },
          { mark: { type: "line", strokeWidth: 2.2, point: { size: 36, filled: true } },
            encoding: { x, y: { field: "mean", ...y, axis: { title: "Loss", format: ".3~g" } },
              color,
              tooltip: [{ field: "name", title: "method" }, { field: "subject", title: "loss of" },
                { field: "cycle" }, { field: "density", format: ".4~p", type: "quantitative" },
                { field: "mean", format: ".4f", type: "quantitative" },
                { field: "min", title: "least", format: ".4f", type: "quantitative" },
                { field: "max", title: "greatest", format: ".4f", type: "quantitative" },
                { field: "count", title: "of so many" }] } },
        ],
      }) };
  }

  /** Contours of the loss on planes, each to its own scale, and the networks that they go through. */
  function planes(width) {
    const named = new Map();
    for (const row of data.planes) {
      const name = `${row.series}, ${row.measure}, cycle ${row.cycle}`;
      named.set(name, [...(named.get(name) ?? []), row]);
    }
    const columns = Math.max(1, Math.min(3, named.size, Math.floor(width / 300)));
    const inner = Math.max(150, Math.floor((width - 80) / columns) - 50);
    return {
      $schema: "https://vega.github.io/schema/vega/v5.json",
      description: "Contours of the loss on planes through three networks, a panel a plane.",
      autosize: "pad", padding: 5,
      layout: { columns, padding: { row: 24, column: 16 }, bounds: "full", align: "each" },
      marks: [...named].map(([name, rows]) => plane(name, rows, inner)),
    };
  }

  function plane(name, rows, inner) {
    const losses = rows.map((row) => row.loss);
    const low = Math.max(1e-6, Math.min(...losses)), high = Math.max(low * 1.001, ...losses);
    const levels = 14;
    const thresholds = Array.from({ length: levels },
      (_, i) => i ? low * (high / low) ** (i / levels) : 0);
    const xs = unique(rows.map((row) => row.x)), ys = unique(rows.map((row) => row.y)).reverse();
    const at = new Map(rows.map((row) => [`${row.x} ${row.y}`, row.loss]));
    const values = ys.flatMap((y) => xs.map((x) => at.get(`${x} ${y}`)));
    const { secondX, thirdX, thirdY, first, second, third, measure } = rows[0];
    const height = Math.max(40, Math.min(2 * inner,
      Math.round(inner * (ys[0] - ys.at(-1)) / (xs.at(-1) - xs[0]))));
    // A value of the grid is the middle of its cell.
    const scale = [inner / (xs.length - 1), height / (ys.length - 1)];
    const grid = { width: xs.length, height: ys.length, values, scale,
      translate: scale.map((cell) => -cell / 2) };
    const corners = [{ name: first, x: 0, y: 0 }, { name: second, x: secondX, y: 0 },
      { name: third, x: thirdX, y: thirdY }];
    if (measure === "particle-planes") {
      corners.push({ name: "average", x: (secondX + thirdX) / 3, y: thirdY / 3 });
    }
    const place = { x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" } };
    const label = { ...place, text: { field: "name" }, dy: { value: -9 },
      align: { signal: "datum.x > (domain('x')[0] + domain('x')[1]) / 2 ? 'right' : 'left'" },
      fontSize: { value: 11 }, fontWeight: { value: 600 } };
    const size = { width: { value: inner }, height: { value: height } };
    return {
      type: "group",
      title: { text: wrapped(name, Math.floor(inner / headLetter)).split("\n"), color: style.text,
        fontSize: 13, anchor: "start", frame: "group" },
      encode: { update: size },
      data: [
        { name: "contours", values: [{ grid }],
          transform: [{ type: "isocontour", field: "grid", thresholds }] },
        { name: "corners", values: corners },
      ],
      scales: [
        { name: "x", type: "linear", domain: [xs[0], xs.at(-1)], nice: false, zero: false,
          range: [0, inner] },
        { name: "y", type: "linear", domain: [ys.at(-1), ys[0]], nice: false, zero: false,
          range: [height, 0] },
        { name: "loss", type: "log", domain: [low, high], range: ramp() },
      ],
      axes: [{ orient: "bottom", scale: "x", tickCount: 5, format: ".2~g", grid: false },
        { orient: "left", scale: "y", tickCount: 4, format: ".2~g", grid: false }],
      legends: [{ fill: "loss", title: "Loss", orient: "bottom", direction: "horizontal",
        gradientLength: Math.min(200, inner - 20), format: ".3~g",
        values: [low, Math.sqrt(low * high), high] }],
      marks: [{ type: "group", encode: { update: { ...size, clip: { value: true } } },
        marks: [
          { type: "path", from: { data: "contours" },
            encode: { enter: {
              fill: { scale: "loss", signal: "max(datum.contour.value, domain('loss')[0])" },
              stroke: { value: style.dark ? "#000" : "#fff" }, strokeWidth: { value: 0.5 },
              strokeOpacity: { value: 0.5 },
              tooltip: { signal: "{ 'loss above': format(datum.contour.value, '.4g') }" } } },
            transform: [{ type: "geopath", field: "datum.contour" }] },
          { type: "symbol", from: { data: "corners" },
            encode: { enter: { ...place, size: { value: 60 }, fill: { value: "#fff" },
              stroke: { value: "#000" }, strokeWidth: { value: 1.5 },
              tooltip: { signal: "{ network: datum.name }" } } } },
          // A dark edge lies below the letters, so that they are read on light colours too.
          { type: "text", from: { data: "corners" },
            encode: { enter: { ...label, stroke: { value: "#000" }, strokeWidth: { value: 3 },
              strokeOpacity: { value: 0.6 } } } },
          { type: "text", from: { data: "corners" },
            encode: { enter: { ...label, fill: { value: "#fff" } } } },
        ] }],
    };
  }

  return {
    barriers: [(width) => barriers(width)],
    paths: [(width) => paths(width)],
    hull: [(width) => hull(width)],
    planes: [(width) => planes(width)],
    curvature: [(width) => panels(data.curvature, "Of the Hessian", ".3~g",
      [{ field: "error", title: "standard error of a trace", format: ".3~g", type: "quantitative" }],
      false, width)],
    diversity: [(width) => panels(data.diversity, "Mean over pairs", ".3~g", [], false, width)],
  };
};
