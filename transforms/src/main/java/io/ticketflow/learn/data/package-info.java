/**
 * Images and labels: readers of published layouts, a generator of our own, splits, augmentation.
 *
 * <p>More than twenty files: one a source of images, and one a fault that image files have.
 */
@NullMarked
package io.ticketflow.learn.data;

import org.jspecify.annotations.NullMarked;
