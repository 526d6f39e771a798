/** The points that a sweep visits: which values it gives to which keys together. */
@NullMarked
package io.ticketflow.pipelines.points;

import org.jspecify.annotations.NullMarked;
