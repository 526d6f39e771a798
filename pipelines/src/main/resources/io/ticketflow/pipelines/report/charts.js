"use strict";
/**
 * The figures of a report, without a page: what Vega-Lite and Vega draw, as JSON values.
 *
 * @param data what the report tells, by figure
 * @param style colours: dark (whether the page is), text, muted, line
 * @return charts, by id: the specification of a width in pixels, what best draws it on a page, and
 *     its rows if the data of its id are not these; config, Vega's settings at a width; and rows,
 *     those of an id
 */
const figures = (data, style) => {
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

  function accuracy(width) {
    const wide = width >= 860;
    const many = new Set(data.accuracy.map((row) => row.series)).size > 14;
    const [rows, drawn] = named(data.accuracy,
      wide ? (many ? 44 : 36) : Math.floor((width - 50) / legendLetter));
    const below = many || !wide ? { orient: "bottom" } : {};
    const fitting = Math.floor((width - 40) / (longest(drawn) * legendLetter + 40));
    const subjects = ["merged", "particles", "ensemble"]
      .filter((subject) => rows.some((row) => row.subject === subject));
    const x = densityAxis(rows);
    const legend = { title: "Method", symbolOpacity: 1, symbolSize: 110, labelExpr: lines, ...below,
      columns: below.orient ? Math.max(1, fitting) : 1 };
    // Beyond the palette's end a colour comes again, in another shape.
    const shape = { field: "series", type: "nominal", sort: drawn,
      scale: { domain: drawn, range: drawn.map((_, i) => shapes[Math.floor(i / 12) % shapes.length]) },
      legend };
    const color = { field: "series", type: "nominal", sort: drawn, scale: { domain: drawn },
      legend };
    const strokeDash = { field: "subject", type: "nominal",
      scale: { domain: subjects,
        range: subjects.map((s) => ({ merged: [1, 0], particles: [2, 4], ensemble: [8, 4] })[s]) },
      legend: subjects.length > 1 ? { title: "Network", symbolType: "stroke", symbolSize: 500, ...below,
        symbolStrokeColor: style.text } : null };
    // What a page lets choose by keyboard, where Vega has a legend that is clicked.
    const legends = [
      { param: "method", field: "series", name: "Method",
        entries: drawn.map((value) => ({ value, text: rows.find((r) => r.series === value).name })) },
      { param: "network", field: "subject", name: "Network",
        entries: subjects.map((value) => ({ value, text: value })) },
    ].filter((legend) => legend.entries.length > 1);
    return {
      height: 420, width, autosize: { type: "fit-x", contains: "padding" }, usermeta: { legends },
      description: "Line chart of the mean test accuracy of every method against density.",
      data: { values: rows },
      layer: [
        { transform: [{ filter: "datum.subject === 'merged' && isValid(datum.std)" },
            { calculate: "datum.mean - datum.std", as: "low" },
            { calculate: "datum.mean + datum.std", as: "high" }],
          mark: { type: "area", tooltip: false },
          encoding: { x, y: { field: "low", type: "quantitative", scale: { zero: false } },
            y2: { field: "high" }, color,
            opacity: { condition: { param: "method", value: 0.14 }, value: 0.02 } } },
        { params: [
            { name: "method", select: { type: "point", fields: ["series"] }, bind: "legend" },
            { name: "network", select: { type: "point", fields: ["subject"] }, bind: "legend" }],
          mark: { type: "line", strokeWidth: 2.2,
            point: { filled: true, size: 42, strokeDash: [1, 0] } },
          encoding: { x,
            y: { field: "mean", type: "quantitative", scale: { zero: false },
              axis: { title: "Test accuracy", format: ".3~p" } },
            color, shape, strokeDash,
            opacity: { condition: { test: { and: [{ param: "method" }, { param: "network" }] },
              value: 1 }, value: 0.12 },
            tooltip: [{ field: "name", title: "method" }, { field: "subject", title: "network" },
              { field: "cycle" }, { field: "density", format: ".4~p", type: "quantitative" },
              percent("mean", "test accuracy"), percent("std", "± std"),
              percent("min", "lowest seed"), percent("max", "highest seed"),
              { field: "seeds" }] } },
      ],
    };
  }

  /**
   * Small charts, one a series, as many in a row as fit; their legend is above them, where it takes
   * no width.
   */
  function facets(all, width, axis, least, spec) {
    const count = new Set(all.map((row) => row.series)).size;
    const columns = Math.max(1, Math.min(3, count, Math.floor((width - axis) / least)));
    const inner = Math.max(140, Math.floor((width - axis - 20 * (columns - 1)) / columns) - 4);
    const [rows, names] = named(all, Math.floor(inner / headLetter));
    return {
      data: { values: rows }, columns,
      facet: { field: "series", type: "nominal", title: null, sort: names,
        header: { labelExpr: lines } },
      spec: { ...spec, width: inner },
      resolve: { axis: { x: "independent" } },
    };
  }

  const above = (width) => ({ orient: "top", direction: "horizontal",
    gradientLength: Math.min(200, width - 40), columns: Math.max(1, Math.floor(width / 45)) });

  const curveRows = (field) => data.curves.filter((row) => row[field] !== undefined);

  function curves(field, title, format, width) {
    const rows = curveRows(field);
    const cycles = unique(rows.map((row) => row.cycle));
    const few = cycles.length <= 8;
    const epochs = unique(rows.map((row) => row.epoch)).sort((a, b) => a - b);
    const short = epochs.length <= 12;
    return { description: title + " by epoch, a line a cycle, a panel a method.",
      ...facets(rows, width, 70, 280, {
        height: 230,
        mark: { type: "line", strokeWidth: 1.8, point: short ? { size: 24 } : "transparent" },
        encoding: {
          x: { field: "epoch", type: "quantitative", scale: { nice: false },
            axis: { title: "Epoch", grid: false, format: "d", labelOverlap: "greedy",
              ...(short && { values: epochs }) } },
          y: { field, type: "quantitative", scale: { zero: false }, axis: { title, format } },
          detail: { field: "cycle" },
          color: { field: "cycle", type: few ? "ordinal" : "quantitative",
            legend: { title: "Cycle", ...above(width) } },
          tooltip: [{ field: "name", title: "method" }, { field: "cycle" }, { field: "epoch" },
            { field, title: title.toLowerCase(), type: "quantitative",
              format: format.endsWith("p") ? ".2%" : ".4f" }],
        },
      }) };
  }

  function layers(width) {
    const rows = data.layers;
    const tensors = unique(rows.map((row) => row.tensor));
    const positive = rows.map((row) => row.density).filter((density) => density > 0);
    const low = Math.min(0.5, ...positive);
    const labels = Math.min(170, width / 2);
    return { description: "Heat map of the density of every layer by cycle, a panel a method.",
      ...facets(rows.map((row) => ({ ...row, shade: Math.max(row.density, low) })), width,
        Math.min(labels, longest(tensors) * legendLetter) + 15, 240, {
        height: { step: tensors.length > 40 ? 12 : 18 },
        mark: { type: "rect" },
        encoding: {
          x: { field: "cycle", type: "ordinal",
            axis: { title: "Cycle", labelAngle: 0, labelOverlap: true } },
          y: { field: "tensor", type: "ordinal", sort: tensors,
            axis: { title: null, labelLimit: labels, labelOverlap: true } },
          color: { field: "shade", type: "quantitative",
            scale: { type: "log", domain: [low, 1], nice: false },
            legend: { title: "Density", format: ".2~p", values: [low, Math.sqrt(low), 1],
              ...above(width) } },
          tooltip: [{ field: "name", title: "method" }, { field: "tensor" }, { field: "cycle" },
            { field: "density", format: ".4~p", type: "quantitative" }],
        },
      }) };
  }

  function speed(width) {
    const wide = width >= 860;
    const [rows, drawn] = named(data.speed, wide ? 36 : Math.floor((width - 50) / legendLetter));
    const below = drawn.length > 14 || !wide ? { orient: "bottom" } : {};
    const fitting = Math.floor((width - 40) / (longest(drawn) * legendLetter + 40));
    const works = ["training", "measuring"].filter((work) => rows.some((row) => row.work === work));
    const x = densityAxis(rows);
    const y = { field: "rate", type: "quantitative", scale: { zero: true },
      axis: { title: "Images/s", format: ".3~s" } };
    const color = { field: "series", type: "nominal", sort: drawn, scale: { domain: drawn },
      legend: { title: "Method", symbolOpacity: 1, symbolSize: 110, labelExpr: lines, ...below,
        columns: below.orient ? Math.max(1, fitting) : 1 } };
    const strokeDash = { field: "work", type: "nominal",
      scale: { domain: works,
        range: works.map((work) => ({ training: [1, 0], measuring: [2, 4] })[work]) },
      legend: works.length > 1 ? { title: "Work", symbolType: "stroke", symbolSize: 500, ...below,
        symbolStrokeColor: style.text } : null };
    const tooltip = [{ field: "name", title: "method" }, { field: "work" }, { field: "engine" },
      { field: "cycle" }, { field: "density", format: ".4~p", type: "quantitative" },
      { field: "rate", title: "images/s", format: ",.0f", type: "quantitative" },
      { field: "min", title: "slowest", format: ",.0f", type: "quantitative" },
      { field: "max", title: "quickest", format: ",.0f", type: "quantitative" }];
    return {
      height: 320, width, autosize: { type: "fit-x", contains: "padding" },
      description: "Line chart of images a second of every method against density.",
      data: { values: rows },
      layer: [
        { mark: { type: "line", strokeWidth: 2.2 },
          encoding: { x, y, color, strokeDash, detail: { field: "engine" } } },
        { mark: { type: "point", filled: true, size: 42 }, encoding: { x, y, color, tooltip } },
      ],
    };
  }

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

  function barriers(width) {
    return panels(data.barriers, "Loss barrier", ".3~g", [
      { field: "overMean", title: "over the mean of the ends", format: ".4~g",
        type: "quantitative" },
      { field: "error", title: "of the error", format: ".3~p", type: "quantitative" },
      { field: "distance", format: ".4~g", type: "quantitative" }], true, width);
  }

  function paths(width) {
    const few = unique(data.paths.map((row) => row.cycle)).length <= 8;
    const own = { scale: { y: "independent" }, axis: { x: "independent", y: "independent" } };
    return { description: "Loss along lines between networks, a line a cycle, a panel a method.",
      ...facets(data.paths, width, 70, 350, {
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
      }), resolve: own };
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

  /** Bars of hours, a method each, in parts by what was done. */
  function time(width) {
    const [rows, drawn] = named(data.time, Math.max(12, Math.floor(width / 4 / legendLetter)));
    return {
      width, autosize: { type: "fit-x", contains: "padding" }, height: { step: 22 },
      description: "Bars of the hours that each method's actions took.",
      data: { values: rows },
      mark: { type: "bar" },
      encoding: {
        y: { field: "series", type: "nominal", sort: drawn,
          axis: { title: null, labelExpr: lines, labelLimit: 0 } },
        x: { field: "hours", type: "quantitative", aggregate: "sum",
          axis: { title: "Hours of one worker", format: ".3~g" } },
        color: { field: "kind", type: "nominal", sort: null,
          legend: { title: "Work", ...above(width) } },
        tooltip: [{ field: "name", title: "method" }, { field: "kind", title: "work" },
          { field: "where", title: "on" },
          { field: "hours", format: ".4~g", type: "quantitative" },
          { field: "done", title: "done by the last call" },
          { field: "found", title: "found by it" }],
        detail: { field: "where" },
      },
    };
  }

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

  const charts = {
    accuracy: [(width) => accuracy(width), "svg"],
    loss: [(width) => curves("trainLoss", "Training loss", ".3~g", width), "canvas",
      () => curveRows("trainLoss")],
    validation: [(width) => curves("validationAccuracy", "Validation accuracy", ".3~p", width),
      "canvas", () => curveRows("validationAccuracy")],
    layers: [(width) => layers(width), "svg"],
    speed: [(width) => speed(width), "svg"],
    barriers: [(width) => barriers(width), "svg"],
    paths: [(width) => paths(width), "svg"],
    hull: [(width) => hull(width), "svg"],
    planes: [(width) => planes(width), "svg"],
    quality: [(width) => panels(data.quality, "On test", ".3~g", [], false, width), "svg"],
    rounds: [(width) => panels(data.rounds, "Particles", ".3~g", [], false, width), "svg"],
    reliability: [(width) => reliability(width), "svg"],
    time: [(width) => time(width), "svg"],
    agreement: [(width) => panels(data.agreement, "Share of weights", ".3~p", [], false, width),
      "svg"],
    units: [(width) => panels(data.units, "Share of the dense network", ".3~p", [], false, width),
      "svg"],
    curvature: [(width) => panels(data.curvature, "Of the Hessian", ".3~g",
      [{ field: "error", title: "standard error of a trace", format: ".3~g", type: "quantitative" }],
      false, width), "svg"],
    calibration: [(width) => panels(data.calibration, "On test", ".3~g",
      [{ field: "nll", title: "likelihood", format: ".4f", type: "quantitative" },
        { field: "scaledNll", title: "after scaling", format: ".4f", type: "quantitative" }],
      false, width), "svg"],
    diversity: [(width) => panels(data.diversity, "Mean over pairs", ".3~g", [], false, width),
      "svg"],
  };

  const rows = (id) => charts[id][2]?.() ?? data[id];
  return { charts, config, rows };
};
