package io.ticketflow.runners.cluster;

import io.ticketflow.spec.UserException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** What a process of a cluster does. */
enum Role {
  JOB_MANAGER(
      "jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint") {
    @Override
    Memory memory(Configuration settings) {
      var memory =
          JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
              settings, JobManagerOptions.JVM_HEAP_MEMORY);
      return new Memory(
          words(JobManagerProcessUtils.generateJvmParametersStr(memory, settings)),
          words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    }
  },
  TASK_MANAGER("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner") {
    @Override
    Memory memory(Configuration settings) {
      var memory =
          TaskExecutorProcessUtils.processSpecFromConfig(
              TaskExecutorProcessUtils.getConfigurationMapLegacyTaskManagerHeapSizeToConfigOption(
                  settings, TaskManagerOptions.TOTAL_PROCESS_MEMORY));
      return new Memory(
          words(ProcessMemoryUtils.generateJvmParametersStr(memory)),
          words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    }
  };

  private final String key;
  private final String mainClass;

  Role(String key, String mainClass) {
    this.key = key;
    this.mainClass = mainClass;
  }

  /** How Flink splits a process's memory, as its own shell scripts ask it. */
  abstract Memory memory(Configuration settings);

  /** The prefix of names and keys. */
  String key() {
    return key;
  }

  /**
   * How the process's memory is split.
   *
   * @throws UserException if it does not suffice for what Flink has to have
   */
  Memory split(Map<String, String> settings) {
    try {
      return memory(Configuration.fromMap(settings));
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      throw UserException.of(
          "Flink cannot split the memory of a %s: %s", key, String.valueOf(e.getMessage()));
    }
  }

  /** The flags of the JVM, the main class and its arguments. */
  List<String> command(Map<String, String> settings, ClusterFolder folder) {
    Memory memory = split(settings);
    List<String> command = new ArrayList<>(memory.flags());
    command.addAll(words(settings.getOrDefault("env.java.opts.all", "")));
    command.addAll(words(settings.getOrDefault("env.java.opts." + key, "")));
    String classPath = FlinkLibrary.classPath() + File.pathSeparator + folder.lib().resolve("*");
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of("--configDir", folder.conf().toString()));
    command.addAll(memory.arguments());
    return command;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** Flags of the JVM, and settings for the process. */
  record Memory(List<String> flags, List<String> arguments) {}
}
