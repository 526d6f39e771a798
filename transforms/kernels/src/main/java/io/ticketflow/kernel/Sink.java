package io.ticketflow.kernel;

/**
 * Where a unit leaves the gradient in what it reads.
 *
 * @param map whose gradient it is
 * @param wanted whether anybody asks for it
 * @param adds whether another unit has left a gradient there before, to which this one is added
 */
public record Sink(FeatureMap map, boolean wanted, boolean adds) {}
