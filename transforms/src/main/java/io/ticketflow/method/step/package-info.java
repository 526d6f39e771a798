/** What steps are, what they bring forth, and what becomes of their failures. */
@NullMarked
package io.ticketflow.method.step;

import org.jspecify.annotations.NullMarked;
