package io.ticketflow.learn.model;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Shape of what flows between two nodes for one image: C × H × W, or one axis of features.
 *
 * @param axes three or one, all positive
 */
public record FeatureShape(List<Integer> axes) {
  public FeatureShape {
    axes = List.copyOf(axes);
    if (axes.size() != 3 && axes.size() != 1) {
      throw new IllegalArgumentException("features have three axes or one, got " + axes);
    }
    if (axes.stream().anyMatch(axis -> axis < 1)) {
      throw new IllegalArgumentException("every axis of features must be positive, got " + axes);
    }
  }

  /** C × H × W. */
  public static FeatureShape image(int channels, int height, int width) {
    return new FeatureShape(List.of(channels, height, width));
  }

  /** One axis. */
  public static FeatureShape flat(int features) {
    return new FeatureShape(List.of(features));
  }

  /** Whether there are three axes. */
  public boolean isImage() {
    return axes.size() == 3;
  }

  /** Channels of an image, or the features of one axis. */
  public int channels() {
    return axes.get(0);
  }

  /** Rows of an image; 1 of one axis. */
  public int height() {
    return isImage() ? axes.get(1) : 1;
  }

  /** Columns of an image; 1 of one axis. */
  public int width() {
    return isImage() ? axes.get(2) : 1;
  }

  /** Entries in all. */
  public int size() {
    return axes.stream().reduce(1, Math::multiplyExact);
  }

  /** Such as 64×8×8. */
  @Override
  public String toString() {
    return axes.stream().map(String::valueOf).collect(joining("×"));
  }
}
