package io.ticketflow.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.NpyHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive of NumPy arrays, as {@code numpy.savez} and {@code numpy.savez_compressed} write it: a
 * zip file with an entry NAME.npy for each. The metadata are an array of text that holds JSON.
 */
final class NpzFile extends TensorFile {
  private static final String SUFFIX = ".npy";

  /** A byte of deflate is at most so many bytes of content. */
  private static final long MOST_EXPANSION = 1032;

  private static final int MOST_METADATA_BYTES = 1 << 20;

  private final ZipFile zip;
  private final Map<String, Array> arrays;

  private NpzFile(
      Path file,
      ZipFile zip,
      Map<String, Array> arrays,
      List<TensorEntry> tensors,
      Map<String, String> metadata) {
    super(file, tensors, metadata);
    this.zip = zip;
    this.arrays = arrays;
  }

  static NpzFile ofFile(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(file, "is no npz: " + UserException.printable(String.valueOf(e.getMessage())));
    }
    try {
      return read(file, zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static NpzFile read(Path file, ZipFile zip) throws IOException {
    long left = Files.size(file);
    Map<String, Array> arrays = new HashMap<>();
    List<TensorEntry> tensors = new ArrayList<>();
    Map<String, String> metadata = Map.of();
    for (ZipEntry entry : entries(file, zip)) {
      String name = entry.getName();
      if (!name.endsWith(SUFFIX)
          || !name.equals(UserException.printable(name))
          || name.length() == SUFFIX.length()) {
        throw wrong(file, "is no npz: it has an entry '" + UserException.printable(name) + "'");
      }
      name = name.substring(0, name.length() - SUFFIX.length());
      left -= entry.getCompressedSize();
      boolean stored = entry.getMethod() == ZipEntry.STORED;
      if (left < 0
          || (stored && entry.getSize() != entry.getCompressedSize())
          || entry.getSize() / MOST_EXPANSION > entry.getCompressedSize()) {
        throw wrong(file, name, "has " + entry.getSize() + " bytes, more than the file can hold");
      }
      Array array = array(file, zip, entry, name);
      if (array.header().descr().startsWith("<U")) {
        if (!name.equals(SafetensorsFile.METADATA)) {
          throw wrong(file, name, "is text");
        }
        metadata = metadata(file, zip, array);
        continue;
      }
      if (arrays.put(name, array) != null) {
        throw wrong(file, name, "occurs twice");
      }
      tensors.add(array.tensor(file, name));
    }
    return new NpzFile(file, zip, arrays, tensors, metadata);
  }

  private static List<ZipEntry> entries(Path file, ZipFile zip) {
    List<ZipEntry> entries = new ArrayList<>();
    try {
      zip.stream().forEach(entries::add);
    } catch (IllegalArgumentException e) {
      throw wrong(file, "is no npz: an entry has no name in UTF-8");
    }
    return entries;
  }

  private static Array array(Path file, ZipFile zip, ZipEntry entry, String name) {
    try (InputStream in = zip.getInputStream(entry)) {
      return new Array(entry, NpyHeader.read(in));
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(file, name, e.getMessage());
    }
  }

  private static Map<String, String> metadata(Path file, ZipFile zip, Array array)
      throws IOException {
    if (array.entry().getSize() > MOST_METADATA_BYTES) {
      throw wrong(file, "has metadata of " + array.entry().getSize() + " bytes");
    }
    try (InputStream in = zip.getInputStream(array.entry())) {
      in.skipNBytes(array.header().bytes());
      String text = new String(in.readAllBytes(), Charset.forName("UTF-32LE"));
      return new JsonMapper().readValue(text, new TypeReference<Map<String, String>>() {});
    } catch (JacksonException e) {
      throw wrong(file, "has metadata that are no JSON object of text");
    }
  }

  @Override
  InputStream bytes(TensorEntry tensor) throws IOException {
    Array array = arrays.get(tensor.name());
    if (array == null) {
      throw new IOException("it is not in the file");
    }
    InputStream in = new CheckedInputStream(zip.getInputStream(array.entry()), new CRC32());
    in.skipNBytes(array.header().bytes());
    return in;
  }

  @Override
  void end(TensorEntry tensor, InputStream in) throws IOException {
    Array array = arrays.get(tensor.name());
    if (array == null
        || in.read() >= 0
        || ((CheckedInputStream) in).getChecksum().getValue() != array.entry().getCrc()) {
      throw new IOException("its bytes do not match their checksum");
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An entry of the archive and how it begins. */
  private record Array(ZipEntry entry, NpyHeader header) {
    TensorEntry tensor(Path file, String name) {
      Dtype dtype =
          Dtype.ofDescr(header.descr())
              .orElseThrow(
                  () ->
                      wrong(
                          file,
                          name,
                          "has dtype "
                              + UserException.printable(header.descr())
                              + ", which is not read here"));
      TensorEntry tensor;
      try {
        tensor = new TensorEntry(name, dtype, header.shape());
      } catch (IllegalArgumentException e) {
        throw wrong(file, name, "has shape " + header.shape() + ", which no tensor has");
      }
      if (tensor.bytes() != entry.getSize() - header.bytes()) {
        throw wrong(
            file,
            name,
            "is "
                + tensor
                + " of "
                + tensor.bytes()
                + " bytes, but has "
                + (entry.getSize() - header.bytes()));
      }
      return tensor;
    }
  }
}
