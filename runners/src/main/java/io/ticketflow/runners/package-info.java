/**
 * The command line: commands that read arguments, call the other rooms in turn and say in plain
 * sentences what came of it. Every exit code is in {@link io.ticketflow.runners.ExitCode}.
 */
@NullMarked
package io.ticketflow.runners;

import org.jspecify.annotations.NullMarked;
