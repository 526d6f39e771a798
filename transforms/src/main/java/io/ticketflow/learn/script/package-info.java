/**
 * TorchScript files, read without an engine: which tensors a module holds, under which names, and
 * its program with one method more, by which an engine hands it tensors from elsewhere.
 */
@NullMarked
package io.ticketflow.learn.script;

import org.jspecify.annotations.NullMarked;
