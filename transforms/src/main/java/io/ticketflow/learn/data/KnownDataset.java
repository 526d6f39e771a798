package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import java.util.function.Function;

/**
 * A data set that {@code data.name} may name: all that is known of it before its files are read.
 *
 * @param hasFiles whether {@code data.dir} must name their folder
 * @param isPublished whether {@code data fetch} fetches them
 * @param shape of its images; of classes that are counted later there are 10
 * @param source of its images
 */
public record KnownDataset(
    String name,
    boolean hasFiles,
    boolean isPublished,
    Function<DataSpec, Datasets.Shape> shape,
    Function<DataSpec, ImageSource> source) {
  /** One that is published, of square images. */
  static KnownDataset published(
      String name, int channels, int side, int classes, Function<DataFolder, ImageSource> source) {
    Datasets.Shape shape = new Datasets.Shape(channels, side, side, classes);
    return new KnownDataset(
        name, true, true, spec -> shape, spec -> source.apply(DataFolder.of(spec)));
  }
}
