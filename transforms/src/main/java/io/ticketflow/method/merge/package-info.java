/** The rules by which particles become one network: one file each. */
@NullMarked
package io.ticketflow.method.merge;

import org.jspecify.annotations.NullMarked;
