/** The actions: each file says what one kind depends on, and how it is made. */
@NullMarked
package io.ticketflow.action;

import org.jspecify.annotations.NullMarked;
