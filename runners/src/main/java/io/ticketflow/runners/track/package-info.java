/**
 * Tools that follow experiments: TensorBoard and MLflow. They are told, never asked: whatever
 * becomes of them, a run ends as it would without them.
 */
@NullMarked
package io.ticketflow.runners.track;

import org.jspecify.annotations.NullMarked;
