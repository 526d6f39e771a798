/** Test images that were corrupted: here, or by those who published them. */
@NullMarked
package io.ticketflow.learn.data.corrupt;

import org.jspecify.annotations.NullMarked;
