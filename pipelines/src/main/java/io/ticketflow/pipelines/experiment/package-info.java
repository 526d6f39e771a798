/**
 * How an experiment's file becomes runs. Each source of values (defaults, the file's body, a
 * method's preset, its entry, an axis) is a flat map from full key to checked value, {@link
 * io.ticketflow.settings.Settings}; laid over each other and bound, they are one run's
 * specification.
 *
 * <p>More than twenty files: one a step from text to runs.
 */
@NullMarked
package io.ticketflow.pipelines.experiment;

import org.jspecify.annotations.NullMarked;
