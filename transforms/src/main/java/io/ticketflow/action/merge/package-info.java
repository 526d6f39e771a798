/** The actions that make one network of a cycle's particles without a search. */
@NullMarked
package io.ticketflow.action.merge;

import org.jspecify.annotations.NullMarked;
