/** Tables for the terminal, and the one that ends a run. */
@NullMarked
package io.ticketflow.runners.table;

import org.jspecify.annotations.NullMarked;
