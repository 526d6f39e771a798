package io.ticketflow.exchange;

import io.ticketflow.math.Mask;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.NpyHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files with bytes changed, cut out, doubled, put in and taken from each other. Each must be
 * refused with a sentence or give tensors whose claims the file can hold.
 */
final class TensorFuzz {
  private static final String[] WORDS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "null",
    "F64",
    "I8",
    "data_offsets",
    "__metadata__",
    "PK\1\2",
    "PK\3\4",
    "PK\5\6",
    "True",
    "(",
    ")",
    "'",
    "<f8",
    "|b1"
  };

  private final SplittableRandom random;
  private final Path file;
  private final List<byte[]> seeds;

  TensorFuzz(Path folder, long seed) throws IOException {
    random = new SplittableRandom(seed);
    file = folder.resolve("fuzzed");
    seeds = seeds(folder);
  }

  /** How many of so many mutated files were refused. */
  int run(int files) throws IOException {
    int refused = 0;
    for (int i = 0; i < files; i++) {
      byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())));
      Files.write(file, bytes);
      long before = allocated();
      try (TensorFile tensors = TensorFile.open(file)) {
        long claimed = 0;
        for (TensorEntry tensor : tensors.tensors()) {
          claimed += tensor.bytes();
          long[] seen = {0};
          tensors.read(tensor, (values, count) -> seen[0] += count);
          require(seen[0] == tensor.size(), i, "a tensor of another size");
        }
        // Deflate makes at most 1,032 bytes of one.
        require(claimed <= 1032L * bytes.length, i, "claims beyond the file");
      } catch (UserException e) {
        refused++;
        require(e.getMessage() != null && e.getMessage().startsWith(file.toString()), i, "message");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file " + i + ": " + e, e);
      }
      // Buffers, the zip's directory and the header's tree; nothing that the file only claims.
      require(allocated() - before < (8 << 20) + 200L * bytes.length, i, "allocation");
    }
    return refused;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static void require(boolean holds, int index, String what) {
    if (!holds) {
      throw new AssertionError("file " + index + ": " + what);
    }
  }

  private byte[] mutate(byte[] seed) {
    byte[] bytes = seed;
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    if (bytes.length < 4) {
      return bytes;
    }
    // Mostly where the claims are: in headers at the front, in a zip's directory at the end.
    int reach = random.nextInt(3) == 0 ? bytes.length : Math.min(bytes.length, 400);
    int at = random.nextInt(reach);
    at = random.nextBoolean() ? at : bytes.length - 1 - at;
    byte[] next = bytes.clone();
    switch (random.nextInt(7)) {
      case 0 -> next[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> next[at] = (byte) random.nextInt(256);
      case 2 -> Arrays.fill(next, at, Math.min(next.length, at + 8), (byte) random.nextInt(-1, 1));
      case 3 -> next = Arrays.copyOf(next, at);
      case 4 -> next = splice(next, at, at, WORDS[random.nextInt(WORDS.length)]);
      case 5 -> {
        String word = WORDS[random.nextInt(WORDS.length)];
        next = splice(next, at, Math.min(next.length, at + word.length()), word);
      }
      default -> {
        int other = random.nextInt(bytes.length);
        int count = Math.min(random.nextInt(64), bytes.length - Math.max(at, other));
        System.arraycopy(bytes, other, next, at, count);
      }
    }
    return next;
  }

  private static byte[] splice(byte[] bytes, int from, int to, String word) {
    byte[] middle = word.getBytes(StandardCharsets.ISO_8859_1);
    byte[] next = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
    System.arraycopy(middle, 0, next, from, middle.length);
    System.arraycopy(bytes, to, next, from + middle.length, bytes.length - to);
    return next;
  }

  private static List<byte[]> seeds(Path folder) throws IOException {
    List<TensorEntry> tensors =
        List.of(
            new TensorEntry("fc.weight", Dtype.F32, List.of(4L, 5L)),
            new TensorEntry("fc.weight.mask", Dtype.BOOL, List.of(4L, 5L)),
            new TensorEntry("fc.bias", Dtype.F32, List.of(4L)),
            new TensorEntry("steps", Dtype.I32, List.of()));
    byte[][] files = new byte[3][];
    for (int i = 0; i < 2; i++) {
      Path path = folder.resolve(i == 0 ? "seed.safetensors" : "seed.npz");
      try (TensorWriter out =
          TestFormats.writer(path, tensors, Map.of("run", "imp", "cycle", "1"))) {
        out.append(new float[20]);
        out.append(Mask.full(20));
        out.append(new float[] {1, 2, 3, 4});
        out.append(new int[] {5});
      }
      files[i] = Files.readAllBytes(path);
    }
    Path deflated = folder.resolve("deflated.npz");
    try (OutputStream out = Files.newOutputStream(deflated);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (TensorEntry tensor : tensors) {
        zip.putNextEntry(new ZipEntry(tensor.name() + ".npy"));
        zip.write(NpyHeader.write(tensor.dtype().descr(), tensor.shape()));
        zip.write(new byte[(int) tensor.bytes()]);
      }
    }
    files[2] = Files.readAllBytes(deflated);
    return List.of(files);
  }
}
