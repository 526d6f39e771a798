package io.ticketflow.exchange;

import io.ticketflow.math.Mask;
import io.ticketflow.spec.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tensors of a file from outside: safetensors or npz, told apart by how it begins. Close it.
 *
 * <p>Opening checks all that is said about the tensors against the file's length, so nothing here
 * takes more memory than the file is long, but for a tensor that is asked for whole. Every method
 * throws {@link UserException} naming file and tensor if the content is not as the format has it.
 */
public abstract class TensorFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final List<TensorEntry> tensors;
  private final Map<String, String> metadata;

  TensorFile(Path file, List<TensorEntry> tensors, Map<String, String> metadata) {
    this.file = file;
    this.tensors = List.copyOf(tensors);
    this.metadata = Map.copyOf(metadata);
  }

  /**
   * Opens a file and checks it.
   *
   * @throws UserException if there is no such file, it is a folder, or it is not well formed
   */
  public static TensorFile open(Path file) {
    if (!Files.exists(file)) {
      throw UserException.of("There is no file %s.", file);
    }
    if (!Files.isRegularFile(file)) {
      throw UserException.of("%s is no file.", file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      boolean zip = start.length == 2 && start[0] == 'P' && start[1] == 'K';
      return zip ? NpzFile.ofFile(file) : SafetensorsFile.ofFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The file, as it was named. */
  public Path path() {
    return file;
  }

  /** Its tensors, in the order of their bytes. */
  public List<TensorEntry> tensors() {
    return tensors;
  }

  /** What the file says about itself; often nothing. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensor of that name. */
  public Optional<TensorEntry> find(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /** Reads a tensor's numbers as single precision; see {@link FloatSink}. */
  public void read(TensorEntry tensor, FloatSink sink) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int most = BUFFER_BYTES / tensor.dtype().bytes();
    float[] values = new float[(int) Math.min(most, tensor.size())];
    try (InputStream in = bytes(tensor)) {
      long left = tensor.size();
      while (left > 0) {
        int count = (int) Math.min(most, left);
        int bytes = count * tensor.dtype().bytes();
        if (in.readNBytes(buffer.array(), 0, bytes) < bytes) {
          throw new EOFException("it is cut short");
        }
        FloatDecoder.decode(tensor.dtype(), buffer.clear(), values, count);
        sink.accept(values, count);
        left -= count;
      }
      end(tensor, in);
    } catch (IllegalArgumentException e) {
      throw e instanceof UserException ? e : wrong(tensor.name(), e.getMessage());
    } catch (IOException e) {
      throw wrong(tensor.name(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * All numbers of a tensor, row-major. They take four bytes each, so compare the shape with what
   * you expect before you ask.
   */
  public float[] values(TensorEntry tensor) {
    float[] all = new float[length(tensor)];
    int[] at = {0};
    read(
        tensor,
        (values, count) -> {
          System.arraycopy(values, 0, all, at[0], count);
          at[0] += count;
        });
    return all;
  }

  /**
   * A tensor of zeros and ones, of any type, as a mask.
   *
   * @throws UserException also if it holds another number
   */
  public Mask mask(TensorEntry tensor) {
    BitSet kept = new BitSet(length(tensor));
    int[] at = {0};
    read(
        tensor,
        (values, count) -> {
          for (int i = 0; i < count; i++) {
            if (values[i] != 0 && values[i] != 1) {
              throw wrong(tensor.name(), "is a mask, which holds 0 and 1, but holds " + values[i]);
            }
            kept.set(at[0] + i, values[i] == 1);
          }
          at[0] += count;
        });
    return Mask.of(kept, length(tensor));
  }

  @Override
  public abstract void close();

  /** The tensor's bytes; as many as it has, unless the file has changed. */
  abstract InputStream bytes(TensorEntry tensor) throws IOException;

  /** Checks what can be checked when all is read. */
  void end(TensorEntry tensor, InputStream in) throws IOException {}

  private UserException wrong(String tensor, @Nullable String what) {
    return wrong(file, tensor, what);
  }

  static UserException wrong(Path file, String tensor, @Nullable String what) {
    return UserException.of("%s: tensor %s %s", file, UserException.printable(tensor), what);
  }

  static UserException wrong(Path file, String what) {
    return UserException.of("%s %s", file, what);
  }

  private int length(TensorEntry tensor) {
    if (tensor.size() > Integer.MAX_VALUE - 8) {
      throw wrong(tensor.name(), "has shape " + tensor.shape() + ", more than memory holds");
    }
    return (int) tensor.size();
  }
}
