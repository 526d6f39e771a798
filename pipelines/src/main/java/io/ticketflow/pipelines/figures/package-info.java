/**
 * Figures of a report as files for papers: the programs that draw them on the page run here without
 * a browser.
 */
@NullMarked
package io.ticketflow.pipelines.figures;

import org.jspecify.annotations.NullMarked;
