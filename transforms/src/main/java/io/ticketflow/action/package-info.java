/**
 * Everything expensive, as actions: each has a key, the digest of all that its result depends on,
 * and a result that is committed once and found by whoever asks for that key again. That one
 * mechanism serves retries, resuming, and the sharing of trainings inside a sweep.
 *
 * <p>The key functions take digests of inputs as text, so that a plan can name actions whose inputs
 * do not exist yet.
 */
@NullMarked
package io.ticketflow.action;

import org.jspecify.annotations.NullMarked;
