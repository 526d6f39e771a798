package io.ticketflow.runners.job;

/**
 * Why a job failed last, whether or not it was started again.
 *
 * @param millis when, since 1970
 * @param stackTrace Java's
 */
public record JobFailure(long millis, String stackTrace) {}
