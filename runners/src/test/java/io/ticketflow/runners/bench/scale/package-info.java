/** How far the pipeline scales: sweeps whose trainings last as long as {@code scale} says. */
@NullMarked
package io.ticketflow.runners.bench.scale;

import org.jspecify.annotations.NullMarked;
