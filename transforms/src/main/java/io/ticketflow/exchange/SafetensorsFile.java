package io.ticketflow.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of safetensors: the length of a header in eight bytes, the header in JSON, then the
 * tensors' bytes without gaps.
 */
final class SafetensorsFile extends TensorFile {
  static final String METADATA = "__metadata__";

  /** A tenth of the format's own limit: room for 50,000 tensors, and little memory as a tree. */
  private static final long MOST_HEADER_BYTES = 10_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final FileChannel channel;
  private final Map<String, Long> starts;

  private SafetensorsFile(
      Path file,
      FileChannel channel,
      List<TensorEntry> tensors,
      Map<String, String> metadata,
      Map<String, Long> starts) {
    super(file, tensors, metadata);
    this.channel = channel;
    this.starts = starts;
  }

  static SafetensorsFile ofFile(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return read(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SafetensorsFile read(Path file, FileChannel channel) throws IOException {
    long length = channel.size();
    if (length < Long.BYTES) {
      throw wrong(file, "is neither safetensors nor npz: it has " + length + " bytes");
    }
    long header = bytes(channel, 0, Long.BYTES).getLong();
    if (header < 2 || header > length - Long.BYTES || header > MOST_HEADER_BYTES) {
      throw wrong(
          file,
          "is neither safetensors nor npz: a header of "
              + Long.toUnsignedString(header)
              + " bytes does not fit into it");
    }
    JsonNode root = parse(file, bytes(channel, Long.BYTES, (int) header));
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Placed> placed = new ArrayList<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
              } else {
                placed.add(Placed.of(file, field.getKey(), field.getValue()));
              }
            });
    long data = Long.BYTES + header;
    placed.sort(Comparator.comparingLong(Placed::begin).thenComparingLong(Placed::end));
    Map<String, Long> starts = new LinkedHashMap<>();
    long at = 0;
    for (Placed each : placed) {
      if (each.begin() != at) {
        throw wrong(
            file,
            each.entry().name(),
            "begins at byte " + each.begin() + " of the data, where " + at + " comes next");
      }
      at = each.end();
      starts.put(each.entry().name(), data + each.begin());
    }
    if (at != length - data) {
      throw wrong(file, "has " + (length - data) + " bytes of data, but its tensors take " + at);
    }
    List<TensorEntry> entries = placed.stream().map(Placed::entry).toList();
    return new SafetensorsFile(file, channel, entries, metadata, starts);
  }

  private static JsonNode parse(Path file, ByteBuffer header) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
      JsonNode root = JSON.readTree(text);
      if (!text.startsWith("{") || !root.isObject()) {
        throw wrong(file, "is neither safetensors nor npz: its header is no JSON object");
      }
      return root;
    } catch (CharacterCodingException e) {
      throw wrong(file, "is neither safetensors nor npz: its header is no text in UTF-8");
    } catch (JacksonException e) {
      throw wrong(
          file, "has a header that is no JSON: " + UserException.printable(e.getOriginalMessage()));
    }
  }

  private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata) {
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw wrong(
                    file,
                    "has metadata that are no text: " + UserException.printable(field.getKey()));
              }
              metadata.put(field.getKey(), field.getValue().textValue());
            });
  }

  @Override
  InputStream bytes(TensorEntry tensor) throws IOException {
    Long start = starts.get(tensor.name());
    if (start == null) {
      throw new IOException("it is not in the file");
    }
    // Not closed by who reads it: the channel serves the next tensor too.
    channel.position(start);
    InputStream in = Channels.newInputStream(channel);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return in.read();
      }

      @Override
      public int read(byte[] into, int at, int most) throws IOException {
        return in.read(into, at, most);
      }
    };
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    long next = at;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, next);
      if (read < 0) {
        throw new IOException("it is cut short");
      }
      next += read;
    }
    return bytes.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tensor and where its bytes lie after the header. */
  private record Placed(TensorEntry entry, long begin, long end) {
    static Placed of(Path file, String name, JsonNode node) {
      if (name.isBlank() || !name.equals(UserException.printable(name))) {
        throw wrong(
            file, "has a tensor with no proper name: '" + UserException.printable(name) + "'");
      }
      JsonNode type = node.path("dtype");
      Dtype dtype =
          Dtype.ofLabel(type.asText())
              .orElseThrow(
                  () ->
                      wrong(
                          file,
                          name,
                          "has dtype "
                              + UserException.printable(type.toString())
                              + ", which is not read here"));
      List<Long> shape = longs(file, name, node.path("shape"), "shape");
      List<Long> offsets = longs(file, name, node.path("data_offsets"), "data_offsets");
      TensorEntry entry;
      try {
        entry = new TensorEntry(name, dtype, shape);
      } catch (IllegalArgumentException e) {
        throw wrong(file, name, "has shape " + shape + ", which no tensor has");
      }
      if (offsets.size() != 2
          || offsets.get(0) < 0
          || offsets.get(1) < offsets.get(0)
          || offsets.get(1) - offsets.get(0) != entry.bytes()) {
        throw wrong(
            file, name, "is " + entry + " of " + entry.bytes() + " bytes, but lies at " + offsets);
      }
      return new Placed(entry, offsets.get(0), offsets.get(1));
    }

    private static List<Long> longs(Path file, String name, JsonNode node, String key) {
      List<Long> longs = new ArrayList<>();
      boolean whole = node.isArray();
      for (JsonNode each : node) {
        whole &= each.isIntegralNumber() && each.canConvertToLong();
        longs.add(each.asLong());
      }
      if (!whole) {
        throw wrong(file, name, "has " + key + " " + UserException.printable(node.toString()));
      }
      return longs;
    }
  }
}
