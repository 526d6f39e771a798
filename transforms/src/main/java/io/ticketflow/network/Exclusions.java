package io.ticketflow.network;

import io.ticketflow.spec.UserException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Prunable tensors that are kept whole, by names or glob patterns ({@code *}, {@code ?}, {@code
 * [a-z]}, {@code {a,b}}). They count neither as kept nor as prunable, and have no mask.
 */
public final class Exclusions {
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

  /** Whether a tensor is kept whole. */
  public boolean contains(String tensor) {
    return patterns.keySet().stream().anyMatch(pattern -> matches(pattern, tensor));
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
