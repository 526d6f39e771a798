/** Questions in SQL to the tables of an output. */
@NullMarked
package io.ticketflow.runners.query;

import org.jspecify.annotations.NullMarked;
