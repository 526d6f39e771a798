package io.ticketflow.learn.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.ImageInputStream;

/**
 * Decoders of pictures: the JDK's, and one of JPEG that knows CMYK. Which other ones are installed
 * makes no difference, so that a picture has the same levels everywhere.
 */
final class Decoders {
  /** A note on colours, which are defined without a profile too; the picture is sound. */
  private static final String NO_PROFILE = "No embedded ICC color profile";

  private static final ServiceRegistry REGISTRY = registry();

  private Decoders() {}

  private static ServiceRegistry registry() {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    Iterator<ImageReaderSpi> installed =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    installed.forEachRemaining(
        decoder -> {
          if (decoder.getClass().getModule().equals(ImageIO.class.getModule())) {
            registry.registerServiceProvider(decoder, ImageReaderSpi.class);
          }
        });
    // Last: it looks for the JDK's decoder, steps before it, and leaves the entropy coding to it.
    registry.registerServiceProvider(new JPEGImageReaderSpi(), ImageReaderSpi.class);
    return registry;
  }

  /** A decoder of what the stream begins with; empty if it begins like no known format. */
  static Optional<ImageReader> of(ImageInputStream in) throws IOException {
    Iterator<ImageReaderSpi> decoders = REGISTRY.getServiceProviders(ImageReaderSpi.class, true);
    while (decoders.hasNext()) {
      ImageReaderSpi decoder = decoders.next();
      if (knows(decoder, in)) {
        return Optional.of(decoder.createReaderInstance());
      }
    }
    return Optional.empty();
  }

  /** A file that is shorter than what a format begins with makes some decoders throw. */
  private static boolean knows(ImageReaderSpi decoder, ImageInputStream in) throws IOException {
    in.mark();
    try {
      return decoder.canDecodeInput(in);
    } catch (IOException e) {
      return false;
    } finally {
      in.reset();
    }
  }

  /**
   * The first picture.
   *
   * @throws IOException with the decoder's words, if it has doubts: it makes up what is missing
   */
  static BufferedImage decode(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    warnings.removeIf(warning -> warning.startsWith(NO_PROFILE));
    if (!warnings.isEmpty()) {
      throw new IIOException(warnings.get(0));
    }
    return image;
  }
}
