package io.ticketflow.pipelines.layers;

import io.ticketflow.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sources of values, of which the first that says something about a key holds.
 *
 * @param layers the highest first
 */
public record Layers(List<Layer> layers) {
  public Layers {
    layers = List.copyOf(layers);
  }

  /** A layer alone. */
  public static Layers of(String source, Settings settings) {
    return new Layers(List.of(new Layer(source, settings)));
  }

  /** These layers, and lower ones below them. */
  public Layers over(Layers lower) {
    return new Layers(Stream.concat(layers.stream(), lower.layers.stream()).toList());
  }

  /** The value of every key that some layer sets. */
  public Settings settings() {
    Settings merged = Settings.NONE;
    for (Layer layer : layers) {
      merged = merged.over(layer.settings());
    }
    return merged;
  }

  /** The source of the value that holds for a key; empty text if none sets it. */
  public String sourceOf(String key) {
    return layers.stream()
        .filter(layer -> layer.settings().values().containsKey(key))
        .map(Layer::source)
        .findFirst()
        .orElse("");
  }
}
