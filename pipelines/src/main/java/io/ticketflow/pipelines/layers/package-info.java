/** Sources of an experiment's values, one above the other: files, presets, defaults. */
@NullMarked
package io.ticketflow.pipelines.layers;

import org.jspecify.annotations.NullMarked;
