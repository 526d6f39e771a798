/** What runs leave for their readers: tickets, solutions, and the rows of tables. */
@NullMarked
package io.ticketflow.result;

import org.jspecify.annotations.NullMarked;
