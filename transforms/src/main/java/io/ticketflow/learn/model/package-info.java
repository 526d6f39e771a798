/**
 * Networks as declared graphs of layers, with PyTorch's parameter names and order.
 *
 * <p>{@link io.ticketflow.learn.model.ModelZoo} writes the published networks down, a file a
 * family; {@link io.ticketflow.learn.model.ModelGraph} checks them and lists their tensors; {@link
 * io.ticketflow.learn.model.Initialisation} draws their first weights; {@link
 * io.ticketflow.learn.model.Flops} counts their work. Nothing here computes: an engine builds its
 * blocks from the graph.
 *
 * <p>More than 20 files, since each family of networks is one.
 */
@NullMarked
package io.ticketflow.learn.model;

import org.jspecify.annotations.NullMarked;
