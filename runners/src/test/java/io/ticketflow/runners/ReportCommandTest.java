package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Figures of a real run as files, and places where none can be written. */
class ReportCommandTest extends CommandFixture {
  private static final Pattern CHART = Pattern.compile("class=\"chart\" id=\"(\\w+)\"");

  @Test
  void eachFigureOfThePageIsAFile() throws Exception {
    assertThat(run()).as(err).isZero();
    Path svg = temp.resolve("papers/svg");
    Path png = temp.resolve("papers/png");
    Files.createDirectories(svg);
    Files.writeString(svg.resolve("accuracy.svg"), "an old one");
    assertThat(call("report", output.toString(), "--svg=" + svg, "--png=" + png)).as(err).isZero();

    Set<String> charts = new TreeSet<>();
    Matcher chart = CHART.matcher(Files.readString(output.resolve("report.html")));
    while (chart.find()) {
      charts.add(chart.group(1));
    }
    assertThat(charts).contains("accuracy", "loss", "validation", "layers", "speed");
    assertThat(out).contains("Figures accuracy, loss, validation, layers, speed");
    assertThat(err).isEmpty();
    assertThat(names(svg)).isEqualTo(charts.stream().map(id -> id + ".svg").toList());
    assertThat(names(png)).isEqualTo(charts.stream().map(id -> id + ".png").toList());

    // One method of one seed and 2 cycles, LeNet's 3 tensors, an epoch a cycle.
    Document accuracy = xml(svg.resolve("accuracy.svg"));
    assertThat(accuracy.getDocumentElement().getAttribute("width")).isEqualTo("800");
    assertThat(marks(accuracy, "mark-symbol role-mark")).isEqualTo(2);
    assertThat(marks(xml(svg.resolve("layers.svg")), "mark-rect role-mark")).isEqualTo(6);
    assertThat(marks(xml(svg.resolve("loss.svg")), "mark-symbol role-mark")).isEqualTo(2);

    for (String name : names(png)) {
      BufferedImage picture = ImageIO.read(png.resolve(name).toFile());
      assertThat(picture.getWidth()).as(name).isEqualTo(1600);
      assertThat(picture.getRGB(0, 0)).as(name).isEqualTo(0xFFFFFFFF);
      assertThat(colours(picture)).as(name).isGreaterThan(20);
    }
  }

  @Test
  void saysWhereFiguresCannotBeWritten() throws IOException {
    Path taken = Files.writeString(temp.resolve("taken"), "x");
    assertThat(call("report", output.toString(), "--svg=" + taken)).isEqualTo(2);
    assertThat(sentence()).contains("--svg must name a folder", "but " + taken + " is a file");
    Path below = taken.resolve("figures");
    assertThat(call("report", output.toString(), "--png=" + below)).isEqualTo(2);
    assertThat(sentence()).contains("--png must name a folder, got " + below, taken + " is a file");
    assertThat(taken).hasContent("x");
  }

  @Test
  void saysThatThereAreNoFigures() throws IOException {
    Files.createDirectories(output.resolve("metrics/cycles"));
    Path svg = temp.resolve("svg");
    assertThat(call("report", output.toString(), "--svg=" + svg)).as(err).isZero();
    assertThat(out).contains("Figures none, as nothing has been trained or measured yet");
    assertThat(svg).doesNotExist();
  }

  private static List<String> names(Path folder) throws IOException {
    return List.copyOf(files(folder).keySet());
  }

  private static Document xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  /** Pictures in all groups of marks of that kind. */
  private static int marks(Document svg, String kind) {
    NodeList groups = svg.getElementsByTagName("g");
    return IntStream.range(0, groups.getLength())
        .mapToObj(i -> (Element) groups.item(i))
        .filter(group -> group.getAttribute("class").startsWith(kind))
        .mapToInt(group -> group.getElementsByTagName("path").getLength())
        .sum();
  }

  private static int colours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return (int) IntStream.of(pixels).distinct().count();
  }
}
