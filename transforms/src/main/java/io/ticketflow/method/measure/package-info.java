/** What is looked at beside the accuracy of a cycle's solution: one file each. */
@NullMarked
package io.ticketflow.method.measure;

import org.jspecify.annotations.NullMarked;
