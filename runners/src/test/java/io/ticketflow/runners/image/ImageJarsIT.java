package io.ticketflow.runners.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image for CPUs, made of what the build gathers: Flink's distribution has no engine. */
class ImageJarsIT {
  @TempDir Path temp;

  @Test
  void theEngineStartsFromTheJarsThatTheImageAdds() throws Exception {
    Path gathered = Path.of(System.getProperty("ticketflow.flink"));
    Path lib = Files.createDirectories(temp.resolve("base/opt/flink/lib"));
    try (Stream<Path> jars = Files.list(gathered.resolve("lib"))) {
      // The only one that the engine takes from Flink's own.
      Path slf4j =
          jars.filter(jar -> jar.toString().contains("/slf4j-api-")).findFirst().orElseThrow();
      Files.copy(slf4j, lib.resolve(slf4j.getFileName()));
    }
    Dockerfile file = Dockerfile.read(Path.of("docker", "Dockerfile"));
    Map<String, Path> bases = Map.of(file.stages().get(0).base(), temp.resolve("base"));
    ImageBuild.Image image =
        new ImageBuild(file, Map.of("", gathered), bases, temp.resolve("images"), Map.of())
            .build(file.stage("cpu"));
    Path classes =
        Path.of(EngineProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            image.at("/opt/flink/lib") + "/*:" + classes,
            EngineProbe.class.getName());
    java.environment().putAll(image.environment());
    java.environment().put("DJL_CACHE_DIR", temp.resolve("djl").toString());
    Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said.strip()).isEqualTo("PyTorch 6.0");
  }
}
