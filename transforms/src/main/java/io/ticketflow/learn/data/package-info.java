/**
 * Images and labels: readers of published layouts, a generator of our own, splits, augmentation.
 */
@NullMarked
package io.ticketflow.learn.data;

import org.jspecify.annotations.NullMarked;
