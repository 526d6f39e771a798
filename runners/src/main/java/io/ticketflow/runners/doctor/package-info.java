/** What this machine has and lacks, with one sentence on what to do about it. */
@NullMarked
package io.ticketflow.runners.doctor;

import org.jspecify.annotations.NullMarked;
