package io.ticketflow.runners.output;

import io.ticketflow.pipelines.figures.FigureDrawing;
import io.ticketflow.pipelines.figures.Png;
import io.ticketflow.pipelines.report.ReportPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Figures of a report as files for papers, called by their ids.
 *
 * @param svg the folder of {@code ID.svg}, 800 pixels wide
 * @param png the folder of {@code ID.png}, 1600 pixels wide
 */
public record FigureFiles(Optional<Path> svg, Optional<Path> png) {
  private static final int WIDTH = 800;

  /** PNG for papers is printed at twice a screen's density. */
  private static final int SCALE = 2;

  /**
   * Accepts folders that files can be written to, or that can be made.
   *
   * @throws io.ticketflow.spec.UserException naming the option, if one is none
   */
  public void check() {
    svg.ifPresent(folder -> AtomicFile.checkFolder("--svg", folder));
    png.ifPresent(folder -> AtomicFile.checkFolder("--png", folder));
  }

  /** Whether there is any folder to write to. */
  public boolean wanted() {
    return svg.isPresent() || png.isPresent();
  }

  /** Writes all figures, over files of their names; on failure a file stays as it was. */
  public void write(ReportPage report) throws IOException {
    for (Path folder : Stream.concat(svg.stream(), png.stream()).toList()) {
      Files.createDirectories(folder);
    }
    try (FigureDrawing drawing = new FigureDrawing(report)) {
      for (String id : report.figures()) {
        String picture = drawing.svg(id, WIDTH);
        if (svg.isPresent()) {
          AtomicFile.write(svg.get().resolve(id + ".svg"), picture);
        }
        if (png.isPresent()) {
          AtomicFile.write(png.get().resolve(id + ".png"), next -> pixels(picture, next));
        }
      }
    }
  }

  private static void pixels(String picture, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Png.write(picture, SCALE * WIDTH, out);
    }
  }
}
