package io.ticketflow.runners.progress;

/**
 * What there is to train.
 *
 * @param trainings different trainings that are not finished yet
 * @param epochs of all of them
 */
public record Work(int trainings, long epochs) {}
