package io.ticketflow.action;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Values that are made when they are asked for, and again when memory ran short in between. For one
 * thread.
 */
final class SoftlyHeld<T> implements IntFunction<T> {
  private final IntFunction<T> maker;
  private final List<SoftReference<T>> held = new ArrayList<>();

  SoftlyHeld(int count, IntFunction<T> maker) {
    this.maker = maker;
    for (int i = 0; i < count; i++) {
      held.add(new SoftReference<>(null));
    }
  }

  @Override
  public T apply(int index) {
    T value = held.get(index).get();
    if (value == null) {
      value = maker.apply(index);
      held.set(index, new SoftReference<>(value));
    }
    return value;
  }
}
