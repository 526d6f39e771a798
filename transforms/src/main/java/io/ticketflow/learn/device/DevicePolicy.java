package io.ticketflow.learn.device;

import io.ticketflow.spec.UserException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where trainings run. The kind of device decides bits, so it is settled before a job starts; which
 * GPU of a worker it is does not, and is settled when a training begins.
 *
 * @param gpu whether on GPUs
 * @param index of the one GPU of a worker that is used, counted among those that it sees; {@link
 *     #ANY} for all of them, and on CPUs
 * @param trainersPerDevice trainings at once on one GPU; on CPUs the runner's slots say how many
 * @param threads of one training, where its engine takes several; no bit depends on them
 */
public record DevicePolicy(boolean gpu, int index, int trainersPerDevice, int threads)
    implements Serializable {
  /** What --device takes. */
  public static final String AUTO = "auto";

  /** No GPU in particular. */
  public static final int ANY = -1;

  /** CPUs. */
  public static final DevicePolicy CPU = new DevicePolicy(false, ANY, 1, 1);

  private static final Pattern GPU = Pattern.compile("gpu(:(?<index>[0-9]{1,3}))?");

  public DevicePolicy {
    if (trainersPerDevice < 1 || trainersPerDevice > 64) {
      throw new UserException("--trainersPerDevice must be from 1 to 64, got " + trainersPerDevice);
    }
    if (threads < 1 || threads > 64) {
      throw new UserException("--threadsPerTraining must be from 1 to 64, got " + threads);
    }
  }

  /**
   * The policy of that name, with one thread a training.
   *
   * @param name cpu, gpu (any that the worker sees), gpu:INDEX, or auto
   * @param gpus whether auto means gpu
   */
  public static DevicePolicy of(String name, boolean gpus, int trainersPerDevice) {
    if (name.equals("cpu") || (name.equals(AUTO) && !gpus)) {
      return new DevicePolicy(false, ANY, trainersPerDevice, 1);
    }
    Matcher gpu = GPU.matcher(name.equals(AUTO) ? "gpu" : name);
    if (!gpu.matches()) {
      throw new UserException("--device must be auto, cpu, gpu or gpu:INDEX, got " + name);
    }
    String index = gpu.group("index");
    int one = index == null ? ANY : Integer.parseInt(index);
    return new DevicePolicy(true, one, trainersPerDevice, 1);
  }

  /** The same with so many threads a training. */
  public DevicePolicy withThreads(int some) {
    return new DevicePolicy(gpu, index, trainersPerDevice, some);
  }

  /** What decides the bits of a result: cpu or gpu. */
  public String kind() {
    return gpu ? "gpu" : "cpu";
  }

  /** As {@link #of} takes it. */
  public String name() {
    return kind() + (index == ANY ? "" : ":" + index);
  }
}
