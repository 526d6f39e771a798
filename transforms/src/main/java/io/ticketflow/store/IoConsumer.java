package io.ticketflow.store;

import java.io.IOException;

/** Takes something that it reads or writes. */
@FunctionalInterface
public interface IoConsumer<T> {
  /** Takes one. */
  void accept(T value) throws IOException;
}
