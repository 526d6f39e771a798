"use strict";
/** Trainings, and networks by density. */
const trainingCharts = (parts, data, style) => {
  const { unique, legendLetter, lines, longest, percent, densityAxis, named, facets, above,
    panels, shapes } = parts;

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
    // Where there is one seed there is none.
    const band = {
      transform: [{ filter: "datum.subject === 'merged' && isValid(datum.std)" },
        { calculate: "datum.mean - datum.std", as: "low" },
        { calculate: "datum.mean + datum.std", as: "high" }],
      mark: { type: "area", tooltip: false },
      encoding: { x, y: { field: "low", type: "quantitative", scale: { zero: false } },
        y2: { field: "high" }, color,
        opacity: { condition: { param: "method", value: 0.14 }, value: 0.02 } },
    };
    return {
      height: 420, width, autosize: { type: "fit-x", contains: "padding" }, usermeta: { legends },
      description: "Line chart of the mean test accuracy of every method against density.",
      data: { values: rows },
      layer: [
        ...(rows.some((row) => row.std !== undefined) ? [band] : []),
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

  return {
    accuracy: [(width) => accuracy(width)],
    loss: [(width) => curves("trainLoss", "Training loss", ".3~g", width),
      () => curveRows("trainLoss")],
    validation: [(width) => curves("validationAccuracy", "Validation accuracy", ".3~p", width), () => curveRows("validationAccuracy")],
    layers: [(width) => layers(width)],
    rounds: [(width) => panels(data.rounds, "Particles", ".3~g", [], false, width)],
  };
};
