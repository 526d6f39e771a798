package io.ticketflow.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers beside a convolution whose passes over maps it does row by row.
 *
 * @param before what makes the values that it reads; null = they lie in the map
 * @param behind what normalises the values that it writes, and gives their gradient; null = the
 *     gradient lies in the map
 * @param complete who follows the gradient in what it reads, to which nobody adds after it
 */
public record Beside(
    @Nullable Normalisation before, @Nullable Normalisation behind, List<Follower> complete) {
  /** No layers. */
  public static final Beside NOTHING = new Beside(null, null, List.of());
}
