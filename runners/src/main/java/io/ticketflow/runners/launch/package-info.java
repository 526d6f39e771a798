/**
 * Beam's options with the defaults that suit one machine, and the local Flink cluster's settings.
 */
@NullMarked
package io.ticketflow.runners.launch;

import org.jspecify.annotations.NullMarked;
