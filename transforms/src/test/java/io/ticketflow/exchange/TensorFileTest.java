package io.ticketflow.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Mask;
import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as their formats' documents have them, written byte by byte, and what is refused. */
class TensorFileTest {
  @TempDir Path folder;

  @Test
  void readsASafetensorsFileWrittenByHand() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"b\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[8,10]},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}  ";
    ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1.5f).putFloat(-2f).put((byte) 1).put((byte) 0);
    try (TensorFile file = TensorFile.open(safetensors(header, data.array()))) {
      assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(file.tensors())
          .containsExactly(
              new TensorEntry("a.weight", Dtype.F32, List.of(2L, 1L)),
              new TensorEntry("b", Dtype.BOOL, List.of(2L)));
      assertThat(file.values(file.tensors().get(0))).containsExactly(1.5f, -2f);
      assertThat(file.mask(file.find("b").orElseThrow())).isEqualTo(mask(2, 0));
    }
  }

  /** Bits from IEEE 754 and the definition of bfloat16, by hand. */
  @ParameterizedTest
  @CsvSource({
    "F16, 3c00, 1.0",
    "F16, c500, -5.0",
    "F16, 0001, 5.9604645E-8",
    "F16, 7bff, 65504.0",
    "F16, 8000, -0.0",
    "F16, fc00, -Infinity",
    "F16, 7e00, NaN",
    "BF16, 3fc0, 1.5",
    "BF16, c2f7, -123.5",
    "F64, 3fb999999999999a, 0.1",
    "F64, fff0000000000000, -Infinity",
    "I64, fffffffffffffffe, -2.0",
    "I32, 01000000, 16777216.0",
    "I16, ffff, -1.0",
    "I8, 80, -128.0",
    "U8, ff, 255.0",
    "BOOL, 01, 1.0"
  })
  void readsEveryTypeAsSinglePrecision(String type, String bigEndian, float value)
      throws IOException {
    byte[] bytes = new byte[bigEndian.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int at = bigEndian.length() - 2 * (i + 1);
      bytes[i] = (byte) Integer.parseInt(bigEndian.substring(at, at + 2), 16);
    }
    Path path = safetensors(one(type, "[]", "[0," + bytes.length + "]"), bytes);
    try (TensorFile file = TensorFile.open(path)) {
      assertThat(file.values(file.tensors().get(0))).containsExactly(value);
    }
  }

  @ParameterizedTest
  @CsvSource({"F64, 7fe0000000000000", "I64, 0000000001000001", "BOOL, 02"})
  void refusesNumbersThatHaveNoPlaceInSinglePrecision(String type, String bigEndian)
      throws IOException {
    byte[] bytes = new byte[bigEndian.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int at = bigEndian.length() - 2 * (i + 1);
      bytes[i] = (byte) Integer.parseInt(bigEndian.substring(at, at + 2), 16);
    }
    Path path = safetensors(one(type, "[1]", "[0," + bytes.length + "]"), bytes);
    try (TensorFile file = TensorFile.open(path)) {
      assertThatThrownBy(() -> file.values(file.tensors().get(0)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(path + ": tensor t holds ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"u\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"t\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":1},\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "[1]",
        "{\"t\":",
        "{} {}"
      })
  void refusesHeadersThatDoNotFit(String header) throws IOException {
    Path path = safetensors(header, new byte[8]);
    assertThatThrownBy(() -> TensorFile.open(path).close())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(path.toString());
  }

  @Test
  void refusesHeadersLongerThanTheFile() throws IOException {
    for (long claimed : new long[] {-1, Long.MAX_VALUE, 100_000_001, 3, 0}) {
      Path path = folder.resolve("long.safetensors");
      ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(path, bytes.putLong(claimed).put((byte) '{').put((byte) '}').array());
      assertThatThrownBy(() -> TensorFile.open(path).close()).isInstanceOf(UserException.class);
    }
    Path empty = Files.write(folder.resolve("empty"), new byte[3]);
    assertThatThrownBy(() -> TensorFile.open(empty).close())
        .hasMessage(empty + " is neither safetensors nor npz: it has 3 bytes");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> TensorFile.open(none).close())
        .hasMessage("There is no file " + none + ".");
  }

  @Test
  void readsAnArchiveOfNumPyWrittenByHand() throws IOException {
    byte[] numbers = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    Path path = npz("w.npy", npy(header, numbers));
    try (TensorFile file = TensorFile.open(path)) {
      assertThat(file.tensors()).containsExactly(new TensorEntry("w", Dtype.F32, List.of(2L)));
      assertThat(file.values(file.tensors().get(0))).containsExactly(1f, -2f);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), } # ok",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1, 1), } # ok",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), } # is in Fortran's order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), } # is F32 [3] of 12 bytes, but"
            + " has 8",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), } # has dtype >f4",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), } # has dtype |O",
        "{'descr': '<U2', 'fortran_order': False, 'shape': (), } # is text",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2 2,), } # has shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999, 9999999999), } # has"
            + " shape",
        "__import__('os').system('true') # has a header that is not read here"
      })
  void checksArraysOfNumPy(String header, String says) throws IOException {
    Path path = npz("w.npy", npy(header, new byte[8]));
    if (says.equals("ok")) {
      TensorFile.open(path).close();
    } else {
      assertThatThrownBy(() -> TensorFile.open(path).close())
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(path + ": tensor w " + says);
    }
  }

  @Test
  void refusesOtherEntriesOfArchives() throws IOException {
    Path path = npz("../evil.txt", new byte[8]);
    assertThatThrownBy(() -> TensorFile.open(path).close())
        .hasMessage(path + " is no npz: it has an entry '../evil.txt'");
    Path cut = Files.write(folder.resolve("cut.npz"), new byte[] {'P', 'K', 3, 4, 0});
    assertThatThrownBy(() -> TensorFile.open(cut).close())
        .hasMessageStartingWith(cut + " is no npz: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "npz"})
  void readsWhatItWrites(String format) throws IOException {
    List<TensorEntry> tensors =
        List.of(
            new TensorEntry("a.weight", Dtype.F32, List.of(2L, 3L)),
            new TensorEntry("a.weight.mask", Dtype.BOOL, List.of(2L, 3L)),
            new TensorEntry("n", Dtype.I32, List.of()));
    Map<String, String> metadata = Map.of("run", "a \"b\" \\ é 𝄞", "cycle", "3");
    float[] values = {1, -0f, Float.MIN_VALUE, 0, 1e30f, -3};
    Path path = folder.resolve("a." + format);
    try (TensorWriter out = TestFormats.writer(path, tensors, metadata)) {
      out.append(values);
      out.append(mask(6, 0, 5));
      out.append(new int[] {7});
    }
    byte[] first = Files.readAllBytes(path);
    try (TensorFile file = TensorFile.open(path)) {
      assertThat(file.metadata()).isEqualTo(metadata);
      assertThat(file.tensors()).isEqualTo(tensors);
      assertThat(file.values(tensors.get(0))).containsExactly(values);
      assertThat(file.mask(tensors.get(1))).isEqualTo(mask(6, 0, 5));
      assertThat(file.values(tensors.get(2))).containsExactly(7f);
      assertThatThrownBy(() -> file.mask(tensors.get(0)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("tensor a.weight is a mask, which holds 0 and 1");
    }
    try (TensorWriter out = TestFormats.writer(path, tensors, metadata)) {
      out.append(values);
      out.append(mask(6, 0, 5));
      out.append(new int[] {7});
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(first);
  }

  private static Mask mask(int size, int... kept) {
    BitSet bits = new BitSet();
    for (int each : kept) {
      bits.set(each);
    }
    return Mask.of(bits, size);
  }

  private static String one(String type, String shape, String offsets) {
    return String.format(
        Locale.ROOT,
        "{\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}",
        type,
        shape,
        offsets);
  }

  private Path safetensors(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("t.safetensors"), bytes.array());
  }

  private static byte[] npy(String header, byte[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 1 + numbers.length);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).put((byte) (header.length() + 1)).put((byte) 0);
    bytes.put(header.getBytes(StandardCharsets.US_ASCII)).put((byte) '\n').put(numbers);
    return bytes.array();
  }

  private Path npz(String entry, byte[] content) throws IOException {
    Path path = folder.resolve("t.npz");
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return path;
  }
}
