package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import java.util.List;

/**
 * The binary version of CIFAR-10 and CIFAR-100: records of one or two label bytes (the last one
 * counts: of CIFAR-100 the fine label) and 3 × 32 × 32 pixels, as many a file as were published.
 */
final class CifarSource implements ImageSource {
  private static final int CHANNELS = 3;
  private static final int SIDE = 32;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;

  /**
   * What was published.
   *
   * @param trainRecords images in each train file
   * @param testRecords images in the test file
   */
  record Layout(
      int classes,
      int labelBytes,
      List<String> trainFiles,
      int trainRecords,
      String testFile,
      int testRecords) {}

  private static final Layout CIFAR_10 =
      new Layout(
          10,
          1,
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          10_000,
          "test_batch.bin",
          10_000);
  private static final Layout CIFAR_100 =
      new Layout(100, 2, List.of("train.bin"), 50_000, "test.bin", 10_000);

  static final KnownDataset CIFAR10 =
      KnownDataset.published(
          "cifar10", 3, SIDE, 10, data -> in(data, "cifar-10-batches-bin", CIFAR_10));
  static final KnownDataset CIFAR100 =
      KnownDataset.published(
          "cifar100", 3, SIDE, 100, data -> in(data, "cifar-100-binary", CIFAR_100));

  private final Path folder;
  private final Layout layout;

  CifarSource(Path folder, Layout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  private static CifarSource in(DataFolder data, String below, Layout layout) {
    return new CifarSource(
        data.holding(List.of(below), List.of(layout.trainFiles().get(0))), layout);
  }

  @Override
  public Images read(Part part, int limit) {
    List<String> files = part == Part.TRAIN ? layout.trainFiles() : List.of(layout.testFile());
    int records = part == Part.TRAIN ? layout.trainRecords() : layout.testRecords();
    int count = part.take(limit, records * files.size(), folder.toString());
    byte[] pixels = new byte[Math.multiplyExact(count, PIXELS)];
    int[] labels = new int[count];
    byte[] beyondLimit = new byte[PIXELS];
    int image = 0;
    for (String name : files) {
      try (SourceFile file = SourceFile.open(folder.resolve(name))) {
        for (int record = 0; record < records; record++, image++) {
          int label = label(file, record);
          if (image < count) {
            labels[image] = label;
            file.readFully(pixels, image * PIXELS, PIXELS);
          } else {
            file.readFully(beyondLimit, 0, PIXELS);
          }
        }
        file.end();
      }
    }
    return new Images(CHANNELS, SIDE, SIDE, layout.classes(), pixels, labels);
  }

  private int label(SourceFile file, int record) {
    int label = 0;
    for (int i = 0; i < layout.labelBytes(); i++) {
      label = file.readUnsignedByte();
    }
    if (label >= layout.classes()) {
      throw UserException.of(
          "%s has label %s at image %s, but labels are 0 to %s",
          file.path(), label, record, layout.classes() - 1);
    }
    return label;
  }
}
