package io.ticketflow.runners.image;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Carries out a Dockerfile's lines: a stage is a folder, COPY copies into it, RUN runs in a chroot.
 * What of COPY ours do not use, such as its owner, is refused.
 *
 * @param contexts the folders to copy from by name; the main one has the name ""
 * @param bases folders to begin with in place of images, by the image's name
 * @param roots where the stages' folders come to be
 * @param mounts for RUN: folders of this machine, by their place in the image
 */
record ImageBuild(
    Dockerfile file,
    Map<String, Path> contexts,
    Map<String, Path> bases,
    Path roots,
    Map<String, Path> mounts) {
  /** A stage's files, and how a process of it begins. */
  record Image(
      Path root, Map<String, String> environment, String folder, String user, String entryPoint) {
    Path at(String path) {
      return root.resolve(path.substring(1));
    }

    private Image with(String newFolder, String newUser, String newEntryPoint) {
      return new Image(root, environment, newFolder, newUser, newEntryPoint);
    }
  }

  Image build(Dockerfile.Stage stage) throws IOException, InterruptedException {
    Image image = begin(stage);
    for (Dockerfile.Line line : stage.lines()) {
      String rest = line.rest();
      switch (line.word()) {
        case "COPY" -> copy(line.words(), image);
        case "RUN" -> Chroot.require(image, mounts, "sh", "-c", rest);
        case "ENV" -> set(line.words(), image.environment());
        case "WORKDIR" -> {
          Files.createDirectories(image.at(rest));
          image = image.with(rest, image.user(), image.entryPoint());
        }
        case "USER" -> image = image.with(image.folder(), rest, image.entryPoint());
        default -> image = image.with(image.folder(), image.user(), rest);
      }
    }
    return image;
  }

  private Image begin(Dockerfile.Stage stage) throws IOException, InterruptedException {
    Path root = Files.createDirectories(roots.resolve(stage.name()));
    if (file.stages().stream().anyMatch(other -> other.name().equals(stage.base()))) {
      Image base = build(file.stage(stage.base()));
      copyAll(base.root(), root);
      return new Image(root, base.environment(), base.folder(), base.user(), base.entryPoint());
    }
    Path base = bases.get(stage.base());
    if (base == null) {
      throw new IllegalArgumentException("There is no folder for image " + stage.base());
    }
    copyAll(base, root);
    return new Image(root, new LinkedHashMap<>(), "/", "0", "");
  }

  /** Each pattern has to match, as Docker has it, and more than one file needs a folder. */
  private void copy(List<String> words, Image image) throws IOException, InterruptedException {
    List<String> sources = new ArrayList<>(words.subList(0, words.size() - 1));
    String last = words.get(words.size() - 1);
    String target = last.startsWith("/") ? last : image.folder() + "/" + last;
    boolean main = !sources.get(0).startsWith("--from=");
    Path from =
        main
            ? Objects.requireNonNull(contexts.get(""))
            : from(sources.remove(0).substring("--from=".length()));
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      List<Path> found = find(from, source.replaceFirst("^/", ""));
      if (found.isEmpty()) {
        throw new IOException("COPY finds no " + source + " in " + from);
      }
      files.addAll(found);
    }
    if (files.size() > 1 && !target.endsWith("/")) {
      throw new IOException("COPY of several files needs a folder with '/' at its end: " + target);
    }
    List<String> ignored = main ? ignored(from) : List.of();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        Files.createDirectories(image.at(target));
        copyAll(file, image.at(target), ignored); // its content, not itself
      } else {
        Path place = image.at(target);
        Path copy = target.endsWith("/") ? place.resolve(file.getFileName()) : place;
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** A context, or the files of an earlier stage, which is built where it is not yet. */
  private Path from(String name) throws IOException, InterruptedException {
    Path context = contexts.get(name);
    if (context != null) {
      return context;
    }
    Path root = roots.resolve(name);
    return Files.exists(root) ? root : build(file.stage(name)).root();
  }

  private static List<Path> find(Path from, String source) throws IOException {
    Path path = from.resolve(source).normalize();
    if (!source.contains("*")) {
      return Files.exists(path) ? List.of(path) : List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files.filter(matcher::matches).sorted().toList();
    }
  }

  private static List<String> ignored(Path context) throws IOException {
    Path file = context.resolve(".dockerignore");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static void copyAll(Path from, Path to) throws IOException, InterruptedException {
    copyAll(from, to, List.of());
  }

  /** By tar, which keeps rights and links, and leaves out what .dockerignore names. */
  private static void copyAll(Path from, Path to, List<String> ignored)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tar", "-C", from.toString()));
    for (String pattern : ignored) {
      // Docker's are of the context's root; "**/" before a name is any depth, which is tar's way.
      boolean anywhere = pattern.startsWith("**/");
      command.add(anywhere ? "--no-anchored" : "--anchored");
      command.add("--exclude=" + (anywhere ? pattern.substring(3) : "./" + pattern));
    }
    command.addAll(List.of("--one-file-system", "-cf", "-", "."));
    List<ProcessBuilder> pipe =
        Stream.of(command, List.of("tar", "-C", to.toString(), "-xf", "-"))
            .map(words -> new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT))
            .toList();
    for (Process process : ProcessBuilder.startPipeline(pipe)) {
      if (process.waitFor() != 0) {
        throw new IOException("tar could not copy " + from + " to " + to);
      }
    }
  }

  private static void set(List<String> words, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", Chroot.PATH);
    for (String word : words) {
      String[] pair = word.split("=", 2);
      environment.put(pair[0], pair[1].replace("$PATH", path));
    }
  }
}
