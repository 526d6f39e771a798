package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.UserException;
import java.util.List;

/** Every data set that a run can name. A new one is a source of images, and a line here. */
public final class KnownDatasets {
  /** In the order in which they are listed for users. */
  public static final List<KnownDataset> ALL =
      List.of(
          GlyphSource.GLYPHS,
          IdxSource.MNIST,
          IdxSource.FASHION_MNIST,
          CifarSource.CIFAR10,
          CifarSource.CIFAR100,
          ImageFolderSource.FOLDER);

  private KnownDatasets() {}

  /**
   * The data set that a specification names.
   *
   * @throws UserException if there is none of that name
   */
  public static KnownDataset of(DataSpec spec) {
    return ALL.stream()
        .filter(known -> known.name().equals(spec.name()))
        .findFirst()
        .orElseThrow(() -> UserException.of("data.name must be %s, got %s", names(), spec.name()));
  }

  private static String names() {
    List<String> names = ALL.stream().map(KnownDataset::name).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
