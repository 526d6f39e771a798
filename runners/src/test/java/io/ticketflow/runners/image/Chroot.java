package io.ticketflow.runners.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processes in an image's folder, with nothing of this machine's environment, as a container has
 * them; they see this machine's network. Only root may start them.
 */
final class Chroot {
  /** What Docker gives where an image says nothing. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final String START =
      """
      root=$0 user=$1 folder=$2; shift 2
      while [ "$1" != -- ]; do mount --bind "$1" "$root$2" || exit; shift 2; done; shift
      mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || exit
      exec chroot --userspec="$user:0" --groups= "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
      """;

  private Chroot() {}

  /** How it ended, and all that it said. */
  record Said(int code, String text) {}

  static Said call(ImageBuild.Image image, Map<String, Path> mounts, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
    command.addAll(List.of("sh", "-c", START, image.root().toString()));
    command.addAll(List.of(image.user(), image.folder()));
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      Files.createDirectories(image.at(mount.getKey()));
      command.addAll(List.of(mount.getValue().toString(), mount.getKey()));
    }
    command.add("--");
    command.addAll(List.of(words));
    for (String needed : List.of("/proc", "/dev")) {
      Files.createDirectories(image.at(needed));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    if (image.user().equals("0")) {
      builder.environment().put("HOME", "/root");
    }
    builder.environment().putAll(image.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  static void require(ImageBuild.Image image, Map<String, Path> mounts, String... words)
      throws IOException, InterruptedException {
    Said said = call(image, mounts, words);
    if (said.code() != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + said);
    }
  }
}
