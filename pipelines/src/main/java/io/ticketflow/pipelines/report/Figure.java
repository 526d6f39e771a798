package io.ticketflow.pipelines.report;

import java.util.List;
import java.util.Map;

/**
 * A section of the page with one chart, which {@code charts.js} draws by its id.
 *
 * @param rows what is drawn, as JSON values with the label of their series; without any the page
 *     has no such section
 * @param notes what was left out, a sentence each
 */
record Figure(
    String id, String title, String caption, List<Map<String, Object>> rows, List<String> notes) {}
