package io.ticketflow.learn.script;

import io.ticketflow.learn.script.ScriptObject.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The files within a TorchScript file, which is a zip archive with one folder. */
final class ScriptArchive {
  /** What maps code back to the lines of Python; wrong once a method is added. */
  private static final String DEBUG = ".debug_pkl";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if the file is not such an archive
   * @throws IOException if it cannot be read
   */
  ScriptArchive(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (!name.endsWith(DEBUG)) {
          files.put(
              name.substring(name.indexOf('/') + 1), zip.getInputStream(entry).readAllBytes());
        }
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "it is no TorchScript file, which is a zip archive: " + e.getMessage(), e);
    }
    if (files.keySet().stream().noneMatch(file -> file.startsWith("code/"))) {
      throw new IllegalArgumentException(
          "it holds no code, so it is no TorchScript file; torch.jit.script(module).save(FILE)"
              + " writes one, torch.save does not");
    }
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if there is none
   */
  byte[] bytes(String file) {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new IllegalArgumentException("it lacks its part " + file);
    }
    return bytes;
  }

  String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /** The numbers of a tensor, row-major. */
  float[] values(String name, StoredTensor tensor) {
    FloatBuffer storage =
        ByteBuffer.wrap(bytes("data/" + tensor.storage()))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    long size = 1;
    long last = tensor.offset();
    for (int axis = 0; axis < tensor.shape().size(); axis++) {
      size = Math.multiplyExact(size, tensor.shape().get(axis));
      last += (tensor.shape().get(axis) - 1) * tensor.strides().get(axis);
    }
    if (size < 1 || size > storage.limit() || tensor.offset() < 0 || last >= storage.limit()) {
      throw new IllegalArgumentException(
          "its tensor " + name + " has shape " + tensor.shape() + ", which its data do not fill");
    }
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      long at = tensor.offset();
      long rest = i;
      for (int axis = tensor.shape().size() - 1; axis >= 0; axis--) {
        at += rest % tensor.shape().get(axis) * tensor.strides().get(axis);
        rest /= tensor.shape().get(axis);
      }
      values[i] = storage.get((int) at);
    }
    return values;
  }

  /** The archive with another text in a file. */
  byte[] with(String file, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        byte[] content =
            entry.getKey().equals(file) ? text.getBytes(StandardCharsets.UTF_8) : entry.getValue();
        ZipEntry stored = new ZipEntry("network/" + entry.getKey());
        CRC32 crc = new CRC32();
        crc.update(content);
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(crc.getValue());
        zip.putNextEntry(stored);
        zip.write(content);
      }
    } catch (IOException e) {
      throw new AssertionError("memory takes what is written", e);
    }
    return out.toByteArray();
  }
}
