/** What is measured of trained networks beside their scores, one kind of action a file. */
@NullMarked
package io.ticketflow.action.measure;

import org.jspecify.annotations.NullMarked;
