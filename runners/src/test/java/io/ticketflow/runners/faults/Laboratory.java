package io.ticketflow.runners.faults;

import io.ticketflow.runners.Program;
import io.ticketflow.runners.Ticketflow;
import io.ticketflow.runners.faults.agent.Fault;
import io.ticketflow.runners.faults.agent.FaultAgent;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;

/**
 * A folder in which faults are armed and processes write down what they come to; starts the program
 * as a process of its own.
 */
final class Laboratory {
  private final Path folder;
  private final Path agent;

  Laboratory(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.agent = agentJar(folder.resolve("agent.jar"));
  }

  /** Lets a fault happen once, to the first process that comes to its moment. */
  void arm(Fault fault) throws IOException {
    Files.deleteIfExists(folder.resolve("fired"));
    // whole or not at all: processes look for it all the time
    Path text = Files.writeString(folder.resolve("arming"), fault.text());
    Files.move(text, folder.resolve("armed"));
  }

  /** Lets the thread go on that waits for it. */
  void release() throws IOException {
    Files.createFile(folder.resolve("released"));
  }

  /** Forgets what was armed and what was written down. */
  void clear() throws IOException {
    for (String name : List.of("armed", "fired", "journal", "released")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  Journal journal() throws IOException {
    return Journal.read(folder.resolve("journal"));
  }

  /** The JVM's flag for a process that shall come to faults. */
  String agentFlag() {
    return "-javaagent:" + agent + "=" + folder;
  }

  /** Starts {@code ticketflow ARGUMENTS}, which writes to a log file. */
  Process start(Path log, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(Program.heedingSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // the flags of this JVM, less agents that a debugger may have added
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .forEach(command::add);
    command.add(Program.BRIEF);
    command.add(agentFlag());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Ticketflow.class.getName());
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(environment);
    return process
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** The agent alone, with the library that it needs on its class path. */
  private static Path agentJar(Path jar) throws IOException {
    String name = FaultAgent.class.getPackageName().replace('.', '/');
    Path classes = location(FaultAgent.class);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", FaultAgent.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, location(Advice.class).toUri().toString());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.list(classes.resolve(name))) {
      for (Path file : files.toList()) {
        entries.putNextEntry(new JarEntry(name + "/" + file.getFileName()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar.toAbsolutePath();
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
