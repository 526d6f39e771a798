package io.ticketflow.runners.data;

import io.ticketflow.spec.SpecException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The data sets that can be fetched. */
public enum Dataset {
  MNIST("mnist"),
  FASHION_MNIST("fashion-mnist"),
  CIFAR10("cifar10"),
  CIFAR100("cifar100");

  private final String label;

  Dataset(String label) {
    this.label = label;
  }

  /** Its name in {@code data.name}. */
  public String label() {
    return label;
  }

  /**
   * The data set of that name.
   *
   * @throws SpecException if there is none
   */
  public static Dataset named(String label) {
    return Arrays.stream(values())
        .filter(dataset -> dataset.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new SpecException(
                    "only "
                        + Arrays.stream(values())
                            .map(Dataset::label)
                            .collect(Collectors.joining(", "))
                        + " can be fetched, got "
                        + label));
  }
}
