/** Networks as declared graphs of layers, with PyTorch's parameter names and order. */
@NullMarked
package io.ticketflow.learn.model;

import org.jspecify.annotations.NullMarked;
