package io.ticketflow.learn.script;

import io.ticketflow.learn.script.ScriptTensors.Named;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.FileDigest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A classifier in a TorchScript file: its tensors, and its program. Held in memory once a process.
 */
public final class ScriptFile {
  /** The program's method that runs it with tensors from elsewhere. */
  public static final String METHOD = "ticketflow_forward";

  private static final ConcurrentMap<String, ScriptFile> FILES = new ConcurrentHashMap<>();

  private final String name;
  private final String digest;
  private final TensorSet tensors;
  private final byte[] program;

  private ScriptFile(String name, String digest, TensorSet tensors, byte[] program) {
    this.name = name;
    this.digest = digest;
    this.tensors = tensors;
    this.program = program;
  }

  /**
   * The classifier of a file. Its program is not run.
   *
   * @throws UserException naming the file, if it is missing, no TorchScript, or not a classifier
   *     that can be trained
   */
  public static ScriptFile read(String path) {
    try {
      String digest = FileDigest.of(Path.of(path));
      ScriptFile known = FILES.get(digest);
      if (known == null) {
        known = of(path, digest, new ScriptArchive(Path.of(path)));
        FILES.put(digest, known);
      }
      return known;
    } catch (IOException e) {
      throw UserException.of("model.torchscript %s cannot be read: %s", path, reason(e));
    } catch (IllegalArgumentException e) {
      throw UserException.of("model.torchscript %s cannot be trained: %s", path, e.getMessage());
    }
  }

  /** Likewise, of a file that was read before: another content than then is refused. */
  public static ScriptFile read(String path, String digest) {
    ScriptFile known = digest.isEmpty() ? null : FILES.get(digest);
    if (known != null) {
      return known;
    }
    ScriptFile file = read(path);
    if (!digest.isEmpty() && !digest.equals(file.digest)) {
      throw UserException.of(
          "model.torchscript %s has changed: its SHA-256 is %s and was %s",
          path, file.digest, digest);
    }
    return file;
  }

  private static ScriptFile of(String path, String digest, ScriptArchive archive) {
    ScriptObject module = ModulePickle.read(archive.bytes("data.pkl"));
    List<Named> all =
        ScriptTensors.of(
            module, type -> ScriptClass.in(archive.text(ScriptClass.file(type)), type));
    if (all.stream().allMatch(named -> named.role() == TensorRole.BUFFER)) {
      throw new IllegalArgumentException(
          "it has no parameters; torch.jit.freeze turns them into constants");
    }
    String file = ScriptClass.file(module.type());
    ScriptClass type = ScriptClass.in(archive.text(file), module.type());
    type.requireClassifier();
    StringBuilder method = new StringBuilder("  def " + METHOD + "(self: " + module.type());
    method.append(",\n    images: Tensor,\n    tensors: List[Tensor]) -> Tensor:\n");
    for (int i = 0; i < all.size(); i++) {
      method.append("    " + all.get(i).place() + " = tensors[" + i + "]\n");
    }
    method.append("    return (self).forward(torch.contiguous(images), )\n");
    List<Tensor> tensors =
        all.stream()
            .map(
                named ->
                    new Tensor(
                        named.name(),
                        named.role(),
                        named.stored().shape(),
                        archive.values(named.name(), named.stored())))
            .toList();
    return new ScriptFile(
        Path.of(path).getFileName().toString(),
        digest,
        TensorSet.of(tensors),
        archive.with(file, type.with(method.toString())));
  }

  /** The file's name, without its folder. */
  public String name() {
    return name;
  }

  /** SHA-256 of the file, in hexadecimal. */
  public String digest() {
    return digest;
  }

  /** Parameters and BatchNorm's statistics with the file's values, in the state_dict's order. */
  public TensorSet tensors() {
    return tensors;
  }

  /**
   * A TorchScript archive with the method {@link #METHOD}, which takes images and a list of {@link
   * #tensors()}, puts these in the place of the module's own, and gives the logits. Shared: not to
   * be changed.
   */
  public byte[] program() {
    return program;
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }
}
