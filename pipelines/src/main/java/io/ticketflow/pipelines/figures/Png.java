package io.ticketflow.pipelines.figures;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.ImageTranscoder;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** SVG as pixels, on white. */
public final class Png {
  static {
    // No screen is asked, not even one that a forgotten DISPLAY names.
    System.setProperty("java.awt.headless", "true");
  }

  private Png() {}

  /**
   * Writes an SVG document as PNG. Texts have the machine's fonts, so machines may differ in bits.
   *
   * @param svg refers to nothing outside it
   * @param width of the picture in pixels; its height follows from the document's
   * @param out stays open
   */
  public static void write(String svg, int width, OutputStream out) throws IOException {
    PNGTranscoder transcoder = new PNGTranscoder();
    transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_WIDTH, (float) width);
    // Rounded to pixels, a picture's edges would let through what is below it.
    transcoder.addTranscodingHint(ImageTranscoder.KEY_BACKGROUND_COLOR, Color.WHITE);
    transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_ALLOW_EXTERNAL_RESOURCES, false);
    try {
      transcoder.transcode(new TranscoderInput(new StringReader(svg)), new TranscoderOutput(out));
    } catch (TranscoderException e) {
      throw new IOException("the picture cannot be written as PNG: " + e.getMessage(), e);
    }
  }
}
