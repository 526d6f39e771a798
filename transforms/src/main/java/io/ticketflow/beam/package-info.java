/**
 * The stages of a pruning cycle as PTransforms over small records. A DoFn here decodes, performs
 * one action of {@link io.ticketflow.action}, and emits; it holds no mathematics and no training
 * logic.
 */
@NullMarked
package io.ticketflow.beam;

import org.jspecify.annotations.NullMarked;
