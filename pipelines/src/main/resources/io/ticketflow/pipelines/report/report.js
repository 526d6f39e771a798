"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Okabe and Ito's palette, which colour-blind readers can tell apart; lighter on dark pages.
  const light12 = ["#0072b2", "#d55e00", "#00805c", "#b0508c", "#8a6d00", "#3f8fc4", "#6b4fa0",
    "#8c3b3b", "#4d6b1f", "#5f6770", "#c2185b", "#00838f"];
  const dark12 = ["#5ab4e5", "#ff9a4d", "#3fcf9f", "#f09ccb", "#e8c547", "#a5d8ff", "#b9a3ee",
    "#f0938f", "#b5d46a", "#b4bcc6", "#ff7fae", "#5fd3de"];
  const unique = (values) => [...new Set(values)];
  const percent = (field, title) => ({ field, title, format: ".2%", type: "quantitative" });

  function config(width) {
    const text = style("--text"), muted = style("--muted"), line = style("--line");
    const wide = width >= 900;
    return {
      background: "transparent",
      font: "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif",
      axis: { labelColor: muted, titleColor: text, gridColor: line, domainColor: muted,
        tickColor: muted, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 600,
        gridOpacity: 0.6 },
      legend: { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12,
        titleFontWeight: 600, labelLimit: 280, orient: wide ? "right" : "bottom",
        columns: wide ? 1 : 2, symbolLimit: 500 },
      header: { labelColor: text, titleColor: text, labelFontSize: 13, labelFontWeight: 600,
        labelLimit: 340 },
      view: { stroke: line },
      range: {
        category: dark.matches ? dark12 : light12,
        ordinal: ramp(), ramp: ramp(), heatmap: ramp(),
      },
    };
  }

  // The ends that would vanish in the page's colour are cut off.
  function ramp() {
    return { scheme: "viridis", extent: dark.matches ? [0.25, 1] : [0, 0.88] };
  }

  function densityScale(values) {
    const low = Math.min(...values), high = Math.max(...values);
    const domain = low < high ? [high, low] : [high * 1.5, low / 1.5];
    return { type: "log", domain, nice: false };
  }

  function accuracy(width) {
    const rows = data.accuracy;
    const drawn = data.series.filter((name) => rows.some((row) => row.series === name));
    const below = drawn.length > 14 ? { orient: "bottom" } : {};
    const densities = unique(rows.map((row) => row.density)).sort((a, b) => b - a);
    const axis = { title: "Density (kept part of the prunable weights)", format: ".3~p",
      grid: false, labelOverlap: "greedy", labelSeparation: 6 };
    if (densities.length <= 24) axis.values = densities;
    const subjects = ["merged", "particles", "ensemble"]
      .filter((subject) => rows.some((row) => row.subject === subject));
    const x = { field: "density", type: "quantitative", scale: densityScale(densities), axis };
    const color = { field: "series", type: "nominal", sort: drawn, scale: { domain: drawn },
      legend: { title: "Method", symbolType: "circle", symbolOpacity: 1, symbolSize: 110, ...below,
        ...(below.orient && { columns: Math.max(1, Math.floor(width / 300)) }) } };
    const strokeDash = { field: "subject", type: "nominal",
      scale: { domain: subjects,
        range: subjects.map((s) => ({ merged: [1, 0], particles: [2, 4], ensemble: [8, 4] })[s]) },
      legend: subjects.length > 1 ? { title: "Network", symbolType: "stroke", symbolSize: 500, ...below,
        symbolStrokeColor: style("--text") } : null };
    return {
      height: 420, width: "container", autosize: { type: "fit-x", contains: "padding" },
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
            color, strokeDash,
            opacity: { condition: { test: { and: [{ param: "method" }, { param: "network" }] },
              value: 1 }, value: 0.12 },
            tooltip: [{ field: "series", title: "method" }, { field: "subject", title: "network" },
              { field: "cycle" }, { field: "density", format: ".4~p", type: "quantitative" },
              percent("mean", "test accuracy"), percent("std", "± std"),
              percent("min", "lowest seed"), percent("max", "highest seed"),
              { field: "seeds" }] } },
      ],
    };
  }

  /** Small charts, one a series, as many in a row as fit. */
  function facets(rows, width, least, spec) {
    const names = data.series.filter((name) => rows.some((row) => row.series === name));
    const columns = Math.max(1, Math.min(3, names.length, Math.floor(width / least)));
    const legend = width >= 900 ? 90 : 0;
    const inner = Math.floor((width - legend - 75) / columns) - 22;
    return {
      data: { values: rows }, columns,
      facet: { field: "series", type: "nominal", title: null, sort: names },
      spec: { ...spec, width: Math.max(160, inner) },
      resolve: { axis: { x: "independent" } },
    };
  }

  function curves(field, title, format, width) {
    const rows = data.curves.filter((row) => row[field] !== undefined);
    const cycles = unique(rows.map((row) => row.cycle));
    const few = cycles.length <= 8;
    const epochs = unique(rows.map((row) => row.epoch)).sort((a, b) => a - b);
    const short = epochs.length <= 12;
    return { description: title + " by epoch, a line a cycle, a panel a method.",
      ...facets(rows, width, 330, {
        height: 230,
        mark: { type: "line", strokeWidth: 1.8, point: short ? { size: 24 } : "transparent" },
        encoding: {
          x: { field: "epoch", type: "quantitative", scale: { nice: false },
            axis: { title: "Epoch", grid: false, format: "d", labelOverlap: "greedy",
              ...(short && { values: epochs }) } },
          y: { field, type: "quantitative", scale: { zero: false }, axis: { title, format } },
          detail: { field: "cycle" },
          color: { field: "cycle", type: few ? "ordinal" : "quantitative",
            legend: { title: "Cycle", columns: width >= 900 ? 1 : 10 } },
          tooltip: [{ field: "series", title: "method" }, { field: "cycle" }, { field: "epoch" },
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
    return { description: "Heat map of the density of every layer by cycle, a panel a method.",
      ...facets(rows.map((row) => ({ ...row, shade: Math.max(row.density, low) })), width, 420, {
        height: { step: tensors.length > 40 ? 12 : 18 },
        mark: { type: "rect" },
        encoding: {
          x: { field: "cycle", type: "ordinal",
            axis: { title: "Cycle", labelAngle: 0, labelOverlap: true } },
          y: { field: "tensor", type: "ordinal", sort: tensors,
            axis: { title: null, labelLimit: 170, labelOverlap: true } },
          color: { field: "shade", type: "quantitative",
            scale: { type: "log", domain: [low, 1], nice: false },
            legend: { title: "Density", format: ".2~p", values: [low, Math.sqrt(low), 1] } },
          tooltip: [{ field: "series", title: "method" }, { field: "tensor" }, { field: "cycle" },
            { field: "density", format: ".4~p", type: "quantitative" }],
        },
      }) };
  }

  const charts = {
    accuracy: [(width) => accuracy(width), "svg"],
    loss: [(width) => curves("trainLoss", "Training loss", ".3~g", width), "canvas"],
    validation: [(width) => curves("validationAccuracy", "Validation accuracy", ".3~p", width),
      "canvas"],
    layers: [(width) => layers(width), "svg"],
  };
  const shown = {};

  async function draw() {
    for (const [id, [spec, renderer]] of Object.entries(charts)) {
      const place = document.getElementById(id);
      if (!place) continue;
      const width = place.clientWidth;
      shown[id]?.finalize();
      shown[id] = await vegaEmbed(place,
        { $schema: "https://vega.github.io/schema/vega-lite/v5.json", ...spec(width) },
        { config: config(width), renderer, theme: undefined,
          tooltip: { theme: dark.matches ? "dark" : "light" },
          actions: { export: true, source: false, compiled: false, editor: false } });
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
