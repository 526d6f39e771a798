package io.ticketflow.learn.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.network.SparseNetwork;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MixturesTest {
  /** Ties among zeros included: the networks have some, and kept counts reach into them. */
  @Property(tries = 200)
  void aMixtureKeepsTheLargestMagnitudesOfTheInterpolation(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 21) int kept,
      @ForAll @IntRange(min = 1, max = 9) int tenths) {
    SparseNetwork target = PlainNetworks.network(seed, kept);
    SparseNetwork other = PlainNetworks.network(seed + 1, 7);
    SparseNetwork mixture =
        new Mixtures(target, target.weights(), other.weights()).at(tenths / 10.0);

    Map<String, float[]> a = PlainNetworks.values(target.weights());
    Map<String, float[]> b = PlainNetworks.values(other.weights());
    Map<String, float[]> mixed = new LinkedHashMap<>();
    a.forEach(
        (name, values) -> {
          float[] point = new float[values.length];
          float[] end = b.getOrDefault(name, new float[0]);
          for (int i = 0; i < point.length; i++) {
            point[i] = (float) (tenths / 10.0 * values[i] + (1 - tenths / 10.0) * end[i]);
          }
          mixed.put(name, point);
        });
    Map<String, float[]> pruned = PlainNetworks.pruned(mixed, kept);
    PlainNetworks.values(mixture.weights())
        .forEach((name, values) -> assertThat(values).containsExactly(pruned.get(name)));
    assertThat(kept(mixture)).isEqualTo(largest(mixed, kept));
  }

  private static Set<String> kept(SparseNetwork network) {
    Set<String> kept = new HashSet<>();
    network
        .masks()
        .byName()
        .forEach(
            (name, mask) -> {
              for (int i = 0; i < mask.size(); i++) {
                if (mask.keeps(i)) {
                  kept.add(name + i);
                }
              }
            });
    return kept;
  }

  /** One after the other the largest that is left, the first of equals. */
  private static Set<String> largest(Map<String, float[]> network, int kept) {
    Set<String> chosen = new HashSet<>();
    while (chosen.size() < kept) {
      String best = "";
      float highest = -1;
      for (String name : PlainNetworks.PRUNABLE) {
        float[] values = network.getOrDefault(name, new float[0]);
        for (int i = 0; i < values.length; i++) {
          if (Math.abs(values[i]) > highest && !chosen.contains(name + i)) {
            highest = Math.abs(values[i]);
            best = name + i;
          }
        }
      }
      chosen.add(best);
    }
    return chosen;
  }
}
