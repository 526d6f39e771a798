/**
 * The page that shows an experiment's results: tables in, one HTML file out that opens without a
 * network. Java aggregates and writes the tables and the data; beside them {@code charts.js} and
 * its parts tell Vega-Lite the charts and {@code report.js} draws them on the page.
 *
 * <p>More than twenty files: one a chart or a table of the page.
 */
@NullMarked
package io.ticketflow.pipelines.report;

import org.jspecify.annotations.NullMarked;
