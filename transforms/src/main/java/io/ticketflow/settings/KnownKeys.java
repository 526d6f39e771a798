package io.ticketflow.settings;

import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of a configuration, what they hold, and which of them a misspelt one is nearest to. */
public final class KnownKeys {
  /**
   * Full names and types: those of a run but its seed and what is read off its data and its model.
   */
  public static final Map<String, KeyType> TYPES = Collections.unmodifiableMap(types());

  /** Full names of the sections that keys are in. */
  public static final Set<String> SECTIONS = Collections.unmodifiableSet(sections());

  private KnownKeys() {}

  /** Full names of all keys, in the order of the specification. */
  public static List<String> names() {
    return List.copyOf(TYPES.keySet());
  }

  /** An error that names the unknown key and, if one is likely, the known one that was meant. */
  public static UserException unknown(String where, String key, Collection<String> extra) {
    Set<String> candidates = new LinkedHashSet<>(extra);
    candidates.addAll(TYPES.keySet());
    candidates.addAll(SECTIONS);
    return new UserException(
        where
            + ": there is no key "
            + key
            + likely(key, candidates).map(name -> "; did you mean " + name + "?").orElse(""));
  }

  /** The candidate at the least edit distance, if its whole name or its last part is near. */
  private static Optional<String> likely(String given, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingDouble(candidate -> distance(given, candidate)))
        .filter(
            candidate ->
                NearestNames.likely(given, List.of(candidate)).isPresent()
                    || NearestNames.likely(lastPart(given), List.of(lastPart(candidate)))
                        .isPresent());
  }

  private static double distance(String given, String candidate) {
    double whole = NearestNames.edits(given, candidate);
    double last = NearestNames.edits(lastPart(given), lastPart(candidate));
    // Right name in the wrong section: nearer than many edits, farther than one of the whole name,
    // and of several the first.
    return Math.min(whole, last == 0 ? 1.5 : last + 1.5 + whole / 100);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static Map<String, KeyType> types() {
    Map<String, KeyType> types = new LinkedHashMap<>(SpecKeys.of(RunSpec.class).types());
    types
        .keySet()
        .removeAll(
            Set.of(
                "seed",
                "data.digest",
                "model.digest",
                "model.weightsDigest",
                "model.kept",
                "budgetEpochs"));
    return types;
  }

  private static Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>();
    for (String key : TYPES.keySet()) {
      for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
        sections.add(key.substring(0, dot));
      }
    }
    return sections;
  }
}
