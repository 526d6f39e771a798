package io.ticketflow.learn.data;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.UserException;
import java.lang.ref.SoftReference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of this JVM: read once, checked whole, then shared by all who ask for the same
 * images. They are held softly, so a data set that nobody uses gives way when memory runs short.
 *
 * <p>Safe for concurrent callers: the first one reads, the others wait for it.
 */
public final class Datasets {
  private static final ConcurrentMap<DataSpec, Slot> SLOTS = new ConcurrentHashMap<>();

  private Datasets() {}

  /** What a model must fit: known of a data set without its pixels. */
  public record Shape(int channels, int height, int width, int classes) {}

  /**
   * The splits of a data set. The first {@code data.train} images of the train files are divided
   * into train and validation by {@code data.splitSeed}, {@code round(validation · n)} images going
   * to validation and both keeping the order of the files; test is the first {@code data.test}
   * images of the test files. Mean and standard deviation are those of the train split.
   *
   * @throws UserException naming the file or key, if files are missing or damaged, hold fewer
   *     images than the limits ask for, or make an empty split; or if the specification carries a
   *     digest and the content has another
   */
  public static DataSplits load(DataSpec spec) {
    Slot slot = slot(spec);
    Loaded loaded = slot.get();
    if (spec.digest().isEmpty() || spec.digest().equals(loaded.digest().join())) {
      return loaded.splits();
    }
    loaded = slot.instead(loaded); // a process outlives runs, and files change between them
    if (!spec.digest().equals(loaded.digest().join())) {
      throw UserException.of(
          "data.digest is %s, but the images of %s%s have %s",
          spec.digest(),
          spec.name(),
          spec.dir().isEmpty() ? "" : " in " + spec.dir(),
          loaded.digest().join());
    }
    return loaded.splits();
  }

  /**
   * SHA-256, in hexadecimal, over the decoded content of train files and test files after the
   * limits; waits for it where {@link #load} of the same data does not. It does not depend on where
   * the files lie, how they are packed, or on the splits; a digest that the specification carries
   * is not looked at.
   *
   * @throws UserException as {@link #load} does for bad data
   */
  public static String digest(DataSpec spec) {
    return slot(spec).get().digest().join();
  }

  /** The shape of a data set's images; reads the data set unless it has been read. */
  public static Shape shape(DataSpec spec) {
    Images train = load(spec).train();
    return new Shape(train.channels(), train.height(), train.width(), train.classes());
  }

  private static Slot slot(DataSpec spec) {
    DataSpec content = content(spec);
    return SLOTS.computeIfAbsent(absolute(content), any -> new Slot(content));
  }

  /** One folder has one name here, however it is called. */
  private static DataSpec absolute(DataSpec spec) {
    try {
      return spec.dir().isEmpty()
          ? spec
          : spec.at(Path.of(spec.dir()).toAbsolutePath().normalize().toString());
    } catch (InvalidPathException e) {
      return spec; // who reads it says so
    }
  }

  /** Two specifications that differ in how images are used, or in being checked, share them. */
  private static DataSpec content(DataSpec spec) {
    return new DataSpec(
        spec.name(),
        spec.dir(),
        "",
        spec.train(),
        spec.test(),
        spec.validation(),
        spec.splitSeed(),
        spec.size(),
        spec.channels(),
        spec.seed(),
        0,
        false,
        DataSpec.Border.BLACK,
        false);
  }

  /** Data, and their digest, which of large data takes as long as all else. */
  private record Loaded(DataSplits splits, CompletableFuture<String> digest) {
    static Loaded read(DataSpec spec) {
      ImageSource source = KnownDatasets.of(spec).source().apply(spec);
      Images all = source.read(Part.TRAIN, spec.train());
      Images train = all;
      Images test = source.read(Part.TEST, spec.test());
      if (train.height() != test.height() || train.width() != test.width()) {
        throw UserException.of(
            "%s has train images of %d×%d pixels, but test images of %d×%d",
            spec.dir(), train.height(), train.width(), test.height(), test.width());
      }
      CompletableFuture<String> digest =
          CompletableFuture.supplyAsync(() -> ContentDigest.of(all, test));
      int held = (int) Math.round(spec.validation() * train.count());
      if (held == 0 && spec.validation() > 0) {
        throw emptySplit(spec, train.count(), "validation");
      }
      if (held == train.count()) {
        throw emptySplit(spec, train.count(), "train");
      }
      Images validation = train.select(new int[0]);
      if (held > 0) {
        int[] order = KeyedRandom.of(spec.splitSeed(), "split").permutation(train.count());
        Arrays.sort(order, 0, held);
        Arrays.sort(order, held, order.length);
        validation = train.select(Arrays.copyOf(order, held));
        train = train.select(Arrays.copyOfRange(order, held, order.length));
      }
      Normalisation normalisation = Normalisation.of(train);
      return new Loaded(
          new DataSplits(train, validation, test, normalisation.mean(), normalisation.std()),
          digest);
    }

    private static UserException emptySplit(DataSpec spec, int count, String split) {
      return UserException.of(
          "data.validation must leave no split empty, but %s of %s images leaves %s empty",
          spec.validation(), count, split);
    }
  }

  /** One data set's place, locked on its own so that reading one does not hold up another. */
  private static final class Slot {
    private final DataSpec spec;
    private @Nullable SoftReference<Loaded> held;

    Slot(DataSpec spec) {
      this.spec = spec;
    }

    synchronized Loaded get() {
      Loaded loaded = held == null ? null : held.get();
      return loaded == null ? read() : loaded;
    }

    /** What is there now, in place of what somebody got before. */
    synchronized Loaded instead(Loaded old) {
      Loaded loaded = get();
      return loaded.equals(old) ? read() : loaded;
    }

    private Loaded read() {
      Loaded loaded = Loaded.read(spec);
      held = new SoftReference<>(loaded);
      return loaded;
    }
  }
}
