/**
 * What a run does, step by step: how its first ticket comes about, and in every cycle its
 * particles, their merging, its measures and the next ticket; at its end pools and ensembles. Each
 * step is a plain function over a {@link io.ticketflow.work.Performer}, so a pipeline's workers and
 * a plan take the very same steps.
 */
@NullMarked
package io.ticketflow.method;

import org.jspecify.annotations.NullMarked;
