/**
 * Whether two outputs hold the same: {@link io.ticketflow.pipelines.compare.Fingerprint} is what an
 * output is compared by, {@link io.ticketflow.pipelines.compare.BaselineFile} keeps one in a small
 * file, {@link io.ticketflow.pipelines.compare.Verification} judges two of them, by digests or by
 * statistics over seeds, and {@link io.ticketflow.pipelines.compare.Rerun} trains one particle
 * again. Knows tables, records and digests, and no command line.
 */
@NullMarked
package io.ticketflow.pipelines.compare;

import org.jspecify.annotations.NullMarked;
