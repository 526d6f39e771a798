package io.ticketflow.work;

/**
 * The result of an action.
 *
 * @param found whether it had been committed before
 */
public record Done<T>(T result, boolean found) {}
