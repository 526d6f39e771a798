/**
 * How long a plan takes on so many slots, and what of their time it uses: a simulation by discrete
 * events. It trains nothing and knows no runner.
 */
@NullMarked
package io.ticketflow.pipelines.simulation;

import org.jspecify.annotations.NullMarked;
