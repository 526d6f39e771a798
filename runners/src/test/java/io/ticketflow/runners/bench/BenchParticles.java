package io.ticketflow.runners.bench;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;

/** References to networks that one process makes and another averages, in a file beside them. */
final class BenchParticles {
  private static final String FILE = "particles.avro";

  private BenchParticles() {}

  static void write(Path folder, List<ArtifactRef> particles) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(FILE))) {
      ContainerFiles.write(ArtifactRef.class, particles, out);
    }
  }

  static List<ArtifactRef> read(Path folder) throws IOException {
    List<ArtifactRef> particles = new ArrayList<>();
    try (DataFileStream<ArtifactRef> file =
        ContainerFiles.reader(ArtifactRef.class, Files.newInputStream(folder.resolve(FILE)))) {
      file.forEach(particles::add);
    }
    return particles;
  }
}
