package io.ticketflow.runners.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * program.Dockerfile carried out in chroots: it builds this repository, and the image trains. In
 * place of its base images stand small Debians with a JDK and Maven, or a JRE, which are kept in
 * target/images: they have Debian's packages where those have Ubuntu's.
 *
 * <p>Needs root, unshare and debootstrap: {@code mvn verify -Pnights}.
 */
@Tag("nights")
class ImagesIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path BASES = Path.of("target", "images").toAbsolutePath();

  @TempDir Path temp;

  @Test
  void theProgramsImageIsBuiltAndTrainsWithNoHomeAndNoName() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may use chroot");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/debootstrap")), "debootstrap is needed");
    Dockerfile file = Dockerfile.read(REPOSITORY.resolve("runners/docker/program.Dockerfile"));
    Map<String, Path> bases = new LinkedHashMap<>();
    bases.put(file.stages().get(0).base(), base("jdk", "maven,openjdk-17-jdk-headless"));
    bases.put(file.last().base(), base("jre", "openjdk-17-jre-headless"));
    // What Maven has already downloaded, and whom this machine trusts for the rest.
    Map<String, Path> mounts =
        Map.of(
            "/root/.m2", Path.of(System.getProperty("user.home"), ".m2"),
            "/etc/ssl/certs", Path.of("/etc/ssl/certs"));
    ImageBuild.Image image =
        new ImageBuild(file, Map.of("", REPOSITORY), bases, temp.resolve("images"), mounts)
            .build(file.last());
    assertThat(image.user()).isEqualTo("10001");
    assertThat(image.entryPoint()).isEqualTo("[\"ticketflow\"]");
    assertThat(image.at("/opt/ticketflow/pom.xml")).doesNotExist();

    Path outputs = Files.createDirectories(temp.resolve("outputs"));
    Files.setAttribute(outputs, "unix:uid", 10001); // as fsGroup does with a pod's volume
    Map<String, Path> volume = Map.of("/outputs", outputs);
    assertThat(Chroot.call(image, volume, "ticketflow", "--version").text()).contains("0.1.0");
    Chroot.Said said =
        Chroot.call(
            image,
            volume,
            "ticketflow",
            "run",
            "/opt/ticketflow/conf/quickstart.yaml",
            "--output=/outputs/small",
            "seeds=[1]",
            "data.train=600",
            "data.test=100",
            "training.epochs=2",
            "training.rewindEpochs=1",
            "pruning.cycles=1");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(outputs.resolve("small/report.html")).isNotEmptyFile();
    // The CronJob's command finds what it needs.
    Path nightly = image.at("/opt/ticketflow/conf/schedules/nightly");
    assertThat(nightly).isExecutable();
  }

  private static Path base(String name, String packages) throws Exception {
    Path base = BASES.resolve(name);
    if (!Files.exists(base.resolve("usr/bin/java"), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(BASES);
      ProcessBuilder debootstrap =
          new ProcessBuilder(
              "/usr/sbin/debootstrap",
              "--variant=minbase",
              "--include=ca-certificates," + packages,
              "bookworm",
              base.toString());
      debootstrap.redirectErrorStream(true).redirectOutput(BASES.resolve(name + ".log").toFile());
      assertThat(debootstrap.start().waitFor()).as("see %s.log", base).isZero();
    }
    return base;
  }
}
