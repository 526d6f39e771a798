/**
 * The steps of {@link io.ticketflow.method} as transforms over collections of small records. One
 * DoFn takes any of them: it holds no mathematics, no training and no order of steps. One transform
 * a stage makes more than twenty files.
 */
@NullMarked
package io.ticketflow.beam;

import org.jspecify.annotations.NullMarked;
