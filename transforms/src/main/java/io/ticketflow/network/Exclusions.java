package io.ticketflow.network;

import io.ticketflow.math.Mask;
import io.ticketflow.spec.UserException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Prunable tensors that are kept whole, by names or glob patterns ({@code *}, {@code ?}, {@code
 * [a-z]}, {@code {a,b}}). They count neither as kept nor as prunable, and have no mask.
 *
 * <p>Two words stand for tensors that only a network tells: {@code first-layer}, and {@code
 * conv-only}, all but convolutions. {@link #named} puts names in their place.
 */
public final class Exclusions {
  /** Nothing is kept whole. */
  public static final Exclusions NONE = new Exclusions(List.of());

  private static final String FIRST_LAYER = "first-layer";
  private static final String CONV_ONLY = "conv-only";

  private final Map<String, PathMatcher> patterns = new LinkedHashMap<>();

  /**
   * @throws UserException naming a pattern that is none
   */
  public Exclusions(List<String> patterns) {
    for (String pattern : patterns) {
      try {
        this.patterns.put(pattern, FileSystems.getDefault().getPathMatcher("glob:" + pattern));
      } catch (PatternSyntaxException e) {
        throw UserException.of(
            "pruning.exclude has a pattern that is none, %s: %s", pattern, e.getDescription());
      }
    }
  }

  /**
   * The same exclusions without the two words.
   *
   * @param prunable shapes by name, in the network's order
   * @throws UserException if {@code conv-only} leaves nothing, as there is no convolution
   */
  public static List<String> named(List<String> patterns, Map<String, List<Long>> prunable) {
    Set<String> named = new LinkedHashSet<>();
    for (String pattern : patterns) {
      switch (pattern) {
        case FIRST_LAYER -> prunable.keySet().stream().limit(1).forEach(named::add);
        case CONV_ONLY -> named.addAll(allButConvolutions(prunable));
        default -> named.add(pattern);
      }
    }
    return List.copyOf(named);
  }

  private static List<String> allButConvolutions(Map<String, List<Long>> prunable) {
    List<String> others =
        prunable.entrySet().stream()
            .filter(tensor -> !LayerAllotment.isConvolution(tensor.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (others.size() == prunable.size()) {
      throw new UserException(
          "pruning.exclude has conv-only, but the network has no convolution to prune");
    }
    return others;
  }

  /** Whether a tensor is kept whole. */
  public boolean contains(String tensor) {
    return patterns.keySet().stream().anyMatch(pattern -> matches(pattern, tensor));
  }

  /** The masks of the other tensors: recalibration stores full ones with those kept whole. */
  public Masks others(Masks all) {
    Map<String, Mask> others = new LinkedHashMap<>();
    all.byName()
        .forEach(
            (name, mask) -> {
              if (!contains(name)) {
                others.put(name, mask);
              }
            });
    return new Masks(others);
  }

  /**
   * Checks the patterns against a network.
   *
   * @param tensors names of its tensors of the role PRUNABLE
   * @throws UserException naming a pattern that matches none of them, or if they match all
   */
  public void check(Collection<String> tensors) {
    for (String pattern : patterns.keySet()) {
      if (tensors.stream().noneMatch(tensor -> matches(pattern, tensor))) {
        throw UserException.of(
            "pruning.exclude has %s, which matches none of the prunable tensors %s",
            pattern, String.join(", ", tensors));
      }
    }
    if (tensors.stream().allMatch(this::contains)) {
      throw UserException.of(
          "pruning.exclude %s leaves no tensor that could be pruned", patterns.keySet());
    }
  }

  private boolean matches(String pattern, String tensor) {
    PathMatcher matcher = patterns.get(pattern);
    return pattern.equals(tensor) || (matcher != null && matcher.matches(Path.of(tensor)));
  }
}
