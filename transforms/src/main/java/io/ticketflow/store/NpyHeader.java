package io.ticketflow.store;

import io.ticketflow.spec.UserException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before an array of NumPy: magic, version, and a dictionary in Python's syntax.
 *
 * @param descr such as {@code <f4}
 * @param bytes from the array's start to its first number
 */
public record NpyHeader(String descr, List<Long> shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit on what it reads without being told to trust it. */
  private static final int MOST_BYTES = 10_000;

  private static final int ALIGNMENT = 64;

  private static final Pattern DICTIONARY =
      Pattern.compile(
          "\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,"
              + "\\s*'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)\\s*,?\\s*}\\s*");

  /**
   * Reads a header from the start of an array.
   *
   * @throws IOException in a clause without subject that says what is wrong
   */
  public static NpyHeader read(InputStream array) throws IOException {
    DataInputStream in = new DataInputStream(array);
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("is no array of NumPy");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IOException("is an array of NumPy's format " + version + ", which is not known");
    }
    int width = version == 1 ? 2 : 4;
    byte[] size = in.readNBytes(width);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = (length << 8) | (size[i] & 0xFF);
    }
    if (size.length < width || length > MOST_BYTES) {
      throw new IOException("has a header of " + length + " bytes");
    }
    String text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    Matcher dictionary = DICTIONARY.matcher(text);
    if (!dictionary.matches()) {
      throw new IOException("has a header that is not read here: " + UserException.printable(text));
    }
    List<Long> shape = shape(dictionary.group(3));
    if (dictionary.group(2).equals("True")
        && shape.stream().filter(axis -> axis != 1).count() > 1) {
      throw new IOException(
          "is in Fortran's order; write it with numpy.ascontiguousarray to have it in rows");
    }
    return new NpyHeader(dictionary.group(1), shape, MAGIC.length + 2 + width + (int) length);
  }

  private static List<Long> shape(String text) throws IOException {
    List<Long> shape = new ArrayList<>();
    String[] axes = text.strip().split("\\s*,\\s*", -1);
    for (int i = 0; i < axes.length; i++) {
      // (), (3,) and (3, 4): a comma at the end is no axis, and neither is nothing at all.
      if (axes[i].isEmpty() && i == axes.length - 1) {
        continue;
      }
      if (!axes[i].matches("\\d{1,18}")) {
        throw new IOException("has shape (" + UserException.printable(text) + ")");
      }
      shape.add(Long.parseLong(axes[i]));
    }
    return shape;
  }

  /** The header of such an array, whose numbers then begin at a multiple of 64. */
  public static byte[] write(String descr, List<Long> shape) {
    StringBuilder axes = new StringBuilder();
    shape.forEach(axis -> axes.append(axis).append(shape.size() == 1 ? "," : ", "));
    String tuple = shape.size() > 1 ? axes.substring(0, axes.length() - 2) : axes.toString();
    String text =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, tuple);
    int bare = MAGIC.length + 4 + text.length() + 1;
    int padded = text.length() + 1 + (ALIGNMENT - bare % ALIGNMENT) % ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(MAGIC.length + 4 + padded);
    header.put(MAGIC).put((byte) 1).put((byte) 0).put((byte) padded).put((byte) (padded >> 8));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
