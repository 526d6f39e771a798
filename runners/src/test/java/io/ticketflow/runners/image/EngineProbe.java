package io.ticketflow.runners.image;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Loads the engine's native library and computes with it; started with an image's jars alone. */
final class EngineProbe {
  private EngineProbe() {}

  public static void main(String[] arguments) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray six = manager.create(new float[] {1, 2, 3}).sum();
      System.out.println(Engine.getInstance().getEngineName() + " " + six.getFloat());
    }
  }
}
