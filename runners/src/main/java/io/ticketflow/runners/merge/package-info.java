/** Merging networks that lie in files: by the rules by which a run merges its particles. */
@NullMarked
package io.ticketflow.runners.merge;

import org.jspecify.annotations.NullMarked;
