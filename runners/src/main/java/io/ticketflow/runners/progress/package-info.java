/** What a user sees while networks train: bars on a terminal, plain lines elsewhere. */
@NullMarked
package io.ticketflow.runners.progress;

import org.jspecify.annotations.NullMarked;
