/** Whether differences are real: intervals and tests over seeds. They know no tables. */
@NullMarked
package io.ticketflow.pipelines.statistics;

import org.jspecify.annotations.NullMarked;
