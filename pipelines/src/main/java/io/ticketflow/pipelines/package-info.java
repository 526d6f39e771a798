/**
 * An experiment from its file to its runs, and the pipeline that trains, averages and prunes them
 * cycle by cycle.
 */
@NullMarked
package io.ticketflow.pipelines;

import org.jspecify.annotations.NullMarked;
