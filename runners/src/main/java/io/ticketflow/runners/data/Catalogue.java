package io.ticketflow.runners.data;

import io.ticketflow.runners.data.Publication.Download;
import io.ticketflow.runners.data.Publication.Member;
import io.ticketflow.spec.UserException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which data sets are published where, with lengths and digests.
 *
 * @param publications by the names that {@code data.name} has
 */
public record Catalogue(Map<String, Publication> publications) {
  private static final long CIFAR_BATCH = 10_000L * 3073;

  public Catalogue {
    publications = Collections.unmodifiableMap(new LinkedHashMap<>(publications));
  }

  /**
   * The publication of that name.
   *
   * @throws UserException if there is none
   */
  Publication of(String name) {
    Publication publication = publications.get(name);
    if (publication == null) {
      throw UserException.of(
          "only %s can be fetched, got %s", String.join(", ", publications.keySet()), name);
    }
    return publication;
  }

  /**
   * The publishers' own addresses. MNIST comes from PyTorch's mirror, as its author's site no
   * longer answers.
   */
  public static Catalogue published() {
    Map<String, Publication> publications = new LinkedHashMap<>();
    publications.put(
        "mnist",
        new Publication(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            "mnist",
            List.of(
                new Download(
                    "train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
                new Download(
                    "train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
                new Download(
                    "t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
                new Download(
                    "t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c")),
            List.of()));
    publications.put(
        "fashion-mnist",
        new Publication(
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            "fashion-mnist",
            List.of(
                new Download(
                    "train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
                new Download(
                    "train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
                new Download(
                    "t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
                new Download(
                    "t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310")),
            List.of()));
    URI toronto = URI.create("https://www.cs.toronto.edu/~kriz/");
    publications.put(
        "cifar10",
        new Publication(
            toronto,
            "cifar-10-batches-bin",
            List.of(
                new Download(
                    "cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530")),
            List.of(
                new Member("data_batch_1.bin", CIFAR_BATCH),
                new Member("data_batch_2.bin", CIFAR_BATCH),
                new Member("data_batch_3.bin", CIFAR_BATCH),
                new Member("data_batch_4.bin", CIFAR_BATCH),
                new Member("data_batch_5.bin", CIFAR_BATCH),
                new Member("test_batch.bin", CIFAR_BATCH))));
    publications.put(
        "cifar100",
        new Publication(
            toronto,
            "cifar-100-binary",
            List.of(
                new Download(
                    "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8")),
            List.of(
                new Member("train.bin", 50_000L * 3074), new Member("test.bin", 10_000L * 3074))));
    return new Catalogue(publications);
  }
}
