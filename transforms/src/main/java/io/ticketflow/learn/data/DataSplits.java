package io.ticketflow.learn.data;

/**
 * The three splits of a data set and the normalisation that all of them go through.
 *
 * @param mean per channel, of the train split's pixels scaled to [0, 1]
 * @param std per channel, the deviation of the same pixels; never 0
 */
public record DataSplits(Images train, Images validation, Images test, float[] mean, float[] std) {}
