"use strict";
/** What workers did, and how fast. */
const workCharts = (parts, data, style) => {
  const { legendLetter, lines, longest, densityAxis, named, above } = parts;

  /** A legend of words, above. */
  const words = (width) => ({ ...above(width), columns: Math.max(1, Math.floor(width / 110)) });

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

  /** Bars of hours, a method each, in parts by what was done. */
  function time(width) {
    const [rows, drawn] = named(data.time, Math.max(12, Math.floor(width / 4 / legendLetter)));
    return {
      width, autosize: { type: "fit-x", contains: "padding" },
      height: 22 * drawn.length,
      description: "Bars of the hours that each method's actions took.",
      data: { values: rows },
      mark: { type: "bar" },
      encoding: {
        y: { field: "series", type: "nominal", sort: drawn,
          axis: { title: null, labelExpr: lines, labelLimit: 0 } },
        x: { field: "hours", type: "quantitative", aggregate: "sum",
          axis: { title: "Hours of one worker", format: ".3~g" } },
        color: { field: "kind", type: "nominal", sort: null,
          legend: { title: "Work", ...words(width) } },
        tooltip: [{ field: "name", title: "method" }, { field: "kind", title: "work" },
          { field: "where", title: "on" },
          { field: "hours", format: ".4~g", type: "quantitative" },
          { field: "done", title: "done by the last call" },
          { field: "found", title: "found by it" },
          { field: "retried", title: "in several attempts" }],
        detail: { field: "where" },
      },
    };
  }

  /** Bars of the actions that a worker has in hand, in parts by kind, a panel a worker. */
  function workers(width) {
    const last = Math.max(...data.workers.map((row) => row.to));
    const [unit, seconds] = last < 300 ? ["seconds", 1] : last < 18000 ? ["minutes", 60]
      : ["hours", 3600];
    const [all, names] = named(data.workers, Math.floor((width - 70) / legendLetter));
    const rows = all.map((row) => ({ ...row, from: row.from / seconds, to: row.to / seconds }));
    return {
      description: "Bars of the actions that each worker had in hand over time.",
      data: { values: rows },
      facet: { row: { field: "series", type: "nominal", title: null, sort: names,
        header: { labelExpr: lines, labelOrient: "top", labelAnchor: "start", labelAngle: 0 } } },
      spec: {
        width: width - 60, height: 60,
        mark: { type: "bar", binSpacing: 0 },
        encoding: {
          x: { field: "from", type: "quantitative", bin: "binned",
            scale: { domain: [0, last / seconds], nice: false },
            axis: { title: `Time, ${unit}`, format: ".3~g", grid: false } },
          x2: { field: "to" },
          y: { field: "actions", type: "quantitative", axis: { title: "Actions", tickCount: 3 } },
          color: { field: "kind", type: "nominal", sort: null,
            legend: { title: "Work", ...words(width) } },
          tooltip: [{ field: "name", title: "worker" }, { field: "kind", title: "work" },
            { field: "from", title: `from, ${unit}`, format: ".3~f", type: "quantitative" },
            { field: "actions", format: ".2~f", type: "quantitative" }],
        },
      },
    };
  }

  return {
    speed: [(width) => speed(width)],
    time: [(width) => time(width)],
    workers: [(width) => workers(width)],
  };
};
