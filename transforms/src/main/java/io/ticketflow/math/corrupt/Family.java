package io.ticketflow.math.corrupt;

import java.util.Locale;

/** Kinds of corruptions. */
public enum Family {
  /** Every value by itself. */
  NOISE,
  /** Neighbours run into one another. */
  BLUR,
  /** Something lies between lens and scene. */
  WEATHER,
  /** What is done to images after they were taken. */
  DIGITAL,
  /** The whole is moved. */
  GEOMETRIC;

  /** In tables: noise, blur and so on. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
