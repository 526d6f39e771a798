/** {@code plan --simulate}: a plan on slots that this machine does not have. */
@NullMarked
package io.ticketflow.runners.simulate;

import org.jspecify.annotations.NullMarked;
