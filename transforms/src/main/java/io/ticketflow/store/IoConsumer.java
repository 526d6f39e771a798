package io.ticketflow.store;

import java.io.IOException;

/** Takes something that it reads or writes. */
@FunctionalInterface
public interface IoConsumer<T> {
  void accept(T value) throws IOException;
}
