package io.ticketflow.pipelines.figures;

import io.ticketflow.pipelines.report.ReportPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Draws the figures of a report as SVG: dark on white, whatever the reader's colours are. The
 * scripts see the report's data and nothing of this program, its files or a network.
 *
 * <p>Loading takes seconds on a JVM without the Graal compiler, a figure about one. The same report
 * gives the same texts, if it is asked for the same figures in the same order. For one thread.
 */
public final class FigureDrawing implements AutoCloseable {
  static {
    // What Truffle keeps in the user's cache serves native code, of which there is none here: where
    // it cannot, all is drawn alike, and nobody need be warned.
    System.setProperty("polyglotimpl.AttachLibraryFailureAction", "ignore");
  }

  private final Context context;
  private final Value paper;

  /** Loads the programs and the data. */
  public FigureDrawing(ReportPage report) {
    context =
        Context.newBuilder("js")
            .allowHostAccess(HostAccess.NONE)
            .option("engine.WarnInterpreterOnly", "false")
            // Vega's warnings are for who writes charts.js, and a browser's console has them.
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
    Value start = context.eval("js", text("paper.js"));
    ReportPage.programs().forEach(program -> context.eval("js", program));
    paper = start.execute(report.data());
  }

  /**
   * A figure as an SVG document.
   *
   * @param id one of the report's figures
   * @param width of the picture in pixels, legends and axes included
   */
  public String svg(String id, int width) {
    CompletableFuture<String> drawn = new CompletableFuture<>();
    ProxyExecutable done = values -> drawn.complete(values[0].asString());
    ProxyExecutable failed =
        reasons ->
            drawn.completeExceptionally(
                new IllegalStateException("figure " + id + ": " + reasons[0]));
    // Nothing that a figure waits for is outside: it is done when the call returns.
    paper.execute(id, width).invokeMember("then", done, failed);
    if (!drawn.isDone()) {
      throw new IllegalStateException("figure " + id + " waits for something that does not come");
    }
    return drawn.join();
  }

  @Override
  public void close() {
    context.close();
  }

  private static String text(String resource) {
    try (InputStream in = FigureDrawing.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
