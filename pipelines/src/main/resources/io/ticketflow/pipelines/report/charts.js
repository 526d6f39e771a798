"use strict";
/**
 * The figures of a report, without a page: what Vega-Lite and Vega draw, as JSON values.
 *
 * @param data what the report tells, by figure
 * @param style colours: dark (whether the page is), text, muted, line
 * @return charts, by id: the specification of a width in pixels, and its rows if the data of its id
 *     are not these; config, Vega's settings at a width; and rows, those of an id
 */
const figures = (data, style) => {
  const parts = chartParts(data, style);
  const charts = {
    ...trainingCharts(parts, data, style),
    ...landscapeCharts(parts, data, style),
    ...qualityCharts(parts, data, style),
    ...maskCharts(parts, data),
    ...workCharts(parts, data, style),
  };
  const rows = (id) => charts[id][1]?.() ?? data[id];
  return { charts, config: parts.config, rows };
};
