package io.ticketflow.math.corrupt;

import io.ticketflow.math.KeyedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every corruption: the 15 of the benchmark, the 4 that it holds back for choices, and two for
 * digits.
 */
public enum Corruption {
  /** Normal noise. */
  GAUSSIAN_NOISE(Family.NOISE, Group.MAIN, Noise::gaussian),
  /** Poisson noise of few photons. */
  SHOT_NOISE(Family.NOISE, Group.MAIN, Noise::shot),
  /** Values that are lost, black or full. */
  IMPULSE_NOISE(Family.NOISE, Group.MAIN, Noise::impulse),
  /** A lens out of focus: a disk. */
  DEFOCUS_BLUR(Family.BLUR, Group.MAIN, Blur::defocus),
  /** Frosted glass: neighbours change places. */
  GLASS_BLUR(Family.BLUR, Group.MAIN, Blur::glass),
  /** A camera that moves in a straight line. */
  MOTION_BLUR(Family.BLUR, Group.MAIN, Blur::motion),
  /** A camera that moves towards the scene. */
  ZOOM_BLUR(Family.BLUR, Group.MAIN, Blur::zoom),
  /** Flakes that fall, and a whiter scene. */
  SNOW(Family.WEATHER, Group.MAIN, Weather::snow),
  /** Ice on the lens; the published ones are photographs of it, here it is drawn. */
  FROST(Family.WEATHER, Group.MAIN, Weather::frost),
  /** A fractal haze. */
  FOG(Family.WEATHER, Group.MAIN, Weather::fog),
  /** More light. */
  BRIGHTNESS(Family.DIGITAL, Group.MAIN, Tone::brightness),
  /** Less contrast. */
  CONTRAST(Family.DIGITAL, Group.MAIN, Tone::contrast),
  /** A rubber sheet, pulled at random. */
  ELASTIC_TRANSFORM(Family.DIGITAL, Group.MAIN, Elastic::transform),
  /** Fewer pixels. */
  PIXELATE(Family.DIGITAL, Group.MAIN, Pixelate::apply),
  /** JPEG's losses; its bits are those of the JDK's library. */
  JPEG_COMPRESSION(Family.DIGITAL, Group.MAIN, Jpeg::apply),
  /** Noise in proportion to a value. */
  SPECKLE_NOISE(Family.NOISE, Group.EXTRA, Noise::speckle),
  /** A normal blur. */
  GAUSSIAN_BLUR(Family.BLUR, Group.EXTRA, Blur::gaussian),
  /** Drops of water, and of mud from severity 4 on. */
  SPATTER(Family.WEATHER, Group.EXTRA, Weather::spatter),
  /** Paler and stronger colours; an image of one channel stays as it is. */
  SATURATE(Family.DIGITAL, Group.EXTRA, Tone::saturate),
  /** About the middle, 10° to 50°, either way; what comes in is black. */
  ROTATION(Family.GEOMETRIC, Group.GEOMETRIC, Geometry::rotate),
  /** Aside, in one of eight directions; what comes in is black. */
  SHIFT(Family.GEOMETRIC, Group.GEOMETRIC, Geometry::shift);

  private enum Group {
    MAIN,
    EXTRA,
    GEOMETRIC
  }

  private final Family family;
  private final Group group;

  @SuppressWarnings("ImmutableEnumChecker") // effects have no state
  private final Effect effect;

  Corruption(Family family, Group group, Effect effect) {
    this.family = family;
    this.group = group;
    this.effect = effect;
  }

  /** As published, with dashes: gaussian-noise and so on. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Those of a name: one of that label, or all of main, extra or geometric.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static List<Corruption> named(String name) {
    List<Corruption> found =
        Arrays.stream(values())
            .filter(each -> each.label().equals(name) || each.groupLabel().equals(name))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no corruption "
              + name
              + "; there are main, extra, geometric, "
              + String.join(", ", Arrays.stream(values()).map(Corruption::label).toList()));
    }
    return found;
  }

  /**
   * Those of several names, each once, in the names' order.
   *
   * @throws IllegalArgumentException naming one that there is none of
   */
  public static List<Corruption> named(List<String> names) {
    return names.stream().flatMap(name -> named(name).stream()).distinct().toList();
  }

  private String groupLabel() {
    return group.name().toLowerCase(Locale.ROOT);
  }

  /** What kind it is. */
  public Family family() {
    return family;
  }

  /**
   * The corrupted image.
   *
   * @param image values from 0 to 1, channel by channel, row by row; left as it is
   * @param channels 1 or 3
   * @param height at least 4
   * @param width at least 4
   * @param severity from 1, the mildest, to 5
   * @param random whose draws decide it, in the same order every time
   * @return values from 0 to 1, in a new array
   */
  public float[] apply(
      float[] image, int channels, int height, int width, int severity, KeyedRandom random) {
    return effect
        .apply(new Picture(channels, height, width, image), severity - 1, random)
        .clip()
        .values();
  }
}
