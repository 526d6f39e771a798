/**
 * DJL's PyTorch engine behind the ports of {@code learn}: DJL blocks built from a declared graph,
 * the training step, forward passes for measures. Arrays of the engine stay in here.
 *
 * <p>Training goes through the engine's native calls, not through DJL's Trainer: its gradient
 * collector exists once a JVM, and several trainings run in the threads of one. A network's trained
 * tensors are one flat array, cut into views for each pass, so an optimiser step, a mask or an
 * average is a handful of native calls whatever the number of layers.
 *
 * <p>More than twenty files, as no other room may know a type of the engine's: what they share is
 * package-private on purpose.
 */
@NullMarked
package io.ticketflow.learn.torch;

import org.jspecify.annotations.NullMarked;
