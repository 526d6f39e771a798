package io.ticketflow.runners.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cron starts the shipped line every minute: the first night trains, those that come amid it
 * are turned away, the next one finds nothing to do, and no verdict says "different".
 *
 * <p>cron sees a mount namespace of its own with this crontab alone, so it needs root: {@code mvn
 * verify -Pnights}.
 */
@Tag("nights")
class NightlyByCronIT {
  private static final String MOUNTS =
      """
      mount --bind "$0/spool" /var/spool/cron/crontabs && mount --bind "$0/none" /etc/cron.d &&
      mount --bind /dev/null /etc/crontab && mount -t tmpfs tmpfs /run && exec "$1" -f
      """;

  @TempDir Path home;

  @Test
  void runsTheLineNightAfterNight() throws Exception {
    Tool cron = Tool.named("cron");
    Tool unshare = Tool.named("unshare");
    Tool shell = Tool.named("bash");
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may start cron so");
    install(shell);
    Path spool = Files.createDirectory(home.resolve("spool"));
    Files.createDirectory(home.resolve("none"));
    String line =
        Files.readString(SchedulesTest.FOLDER.resolve("crontab"))
            .replace("17 2 * * *", "* * * * *")
            .replaceFirst("nightly\"\\s*$", "nightly\" >>\\$HOME/nights.log 2>&1\n");
    Path table = spool.resolve("root");
    Files.writeString(table, "HOME=" + home + "\nMAILTO=\"\"\n" + line);
    Files.setPosixFilePermissions(table, PosixFilePermissions.fromString("rw-------"));
    Process nights =
        unshare.start(
            List.of(
                "--mount",
                "--propagation",
                "private",
                shell.path().toString(),
                "-c",
                MOUNTS,
                home.toString(),
                cron.path().toString()));
    try {
      JsonNode calls = awaitTwoVerdicts();
      JsonNode first = calls.get(calls.size() - 1);
      JsonNode second = calls.get(calls.size() - 2);
      assertThat(first.path("trained").asInt()).isEqualTo(225);
      assertThat(second.path("trained").asInt()).isZero();
      assertThat(second.path("reused").asInt()).isEqualTo(225);
      // on a processor of another kind bits differ, and five seeds may be too few to tell
      assertThat(first.path("verdict").asText()).isIn("same", "cannot tell");
      assertThat(second.path("verdict")).isEqualTo(first.path("verdict"));
      assertThat(home.resolve("nights.log")).content().contains("Another run is writing to");
    } finally {
      nights.descendants().forEach(ProcessHandle::destroy);
      nights.destroy();
      nights.waitFor(1, TimeUnit.MINUTES);
    }
  }

  /** As the image has it: a build without its sources, which is never built again. */
  private void install(Tool shell) throws Exception {
    assertThat(shell.call("-c", "\"$0/runners/bin/ticketflow\" --version", repository()).code())
        .isZero();
    String copy =
        """
        mkdir -p "$1/ticketflow/runners/target" && cp -r "$0/conf" "$1/ticketflow/" &&
        cp -r "$0/runners/bin" "$1/ticketflow/runners/" &&
        cp -r "$0/runners/target/app" "$1/ticketflow/runners/target/"
        """;
    assertThat(shell.call("-c", copy, repository(), home.toString()).text()).isEmpty();
  }

  private static String repository() {
    return SchedulesTest.REPOSITORY.toString();
  }

  private JsonNode awaitTwoVerdicts() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(20));
    Path history = home.resolve("ticketflow/out/nightly/history");
    JsonNode calls = new JsonMapper().createArrayNode();
    while (Instant.now().isBefore(end)) {
      TimeUnit.SECONDS.sleep(5);
      if (Files.isDirectory(history)) {
        calls = calls();
        if (calls.size() > 1 && calls.get(calls.size() - 2).has("verdict")) {
          return calls;
        }
      }
    }
    throw new AssertionError("no second night: " + calls);
  }

  private JsonNode calls() throws IOException, InterruptedException {
    Tool ticketflow = new Tool(home.resolve("ticketflow/runners/bin/ticketflow"), Map.of());
    Path out = home.resolve("ticketflow/out/nightly");
    return new JsonMapper().readTree(ticketflow.call("history", out.toString(), "--json").text());
  }
}
