/**
 * Published data sets brought into a folder that the readers of {@code io.ticketflow.learn.data}
 * understand: downloads that go on where they broke off, digests checked, archives unpacked with
 * suspicion.
 */
@NullMarked
package io.ticketflow.runners.data;

import org.jspecify.annotations.NullMarked;
