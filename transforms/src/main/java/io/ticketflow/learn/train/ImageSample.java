package io.ticketflow.learn.train;

import io.ticketflow.learn.data.Batches;

/**
 * Images of the train split, cut into {@link Batches} in this order.
 *
 * @param images their indices, at least one; shared, not copied
 * @param batchSize at least 1
 */
public record ImageSample(int[] images, int batchSize) {}
