package io.ticketflow.runners.gpu;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.device.DevicePool;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchDevices;
import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.learn.torch.TorchProducts;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.runners.cluster.ResidentMemory;
import io.ticketflow.runners.doctor.EngineCheck;
import io.ticketflow.runners.doctor.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All checks of one device, in the order of what builds on what. */
public final class DeviceChecks {
  /** Convolutions, BatchNorm and shortcuts in a network of a megabyte. */
  private static final String SMALL = "resnet-20";

  private static final String LARGE = "resnet-18";
  private static final List<Integer> AT_ONCE = List.of(1, 2, 4);

  private final DevicePolicy policy;
  private final Device device;
  private final Consumer<Finding> listener;

  private DeviceChecks(DevicePolicy policy, Consumer<Finding> listener) {
    this.policy = policy;
    this.device = policy.gpu() ? Device.gpu(Math.max(0, policy.index())) : Device.cpu();
    this.listener = listener;
  }

  /** Why this machine has no GPU to check, and what to do; empty if it has one. */
  public static Optional<String> missing() {
    return Presence.here().missing();
  }

  /**
   * Checks a device that is there; two minutes on a GPU, most of it for what the CPU computes.
   *
   * @param policy the CPU, which is then compared with itself, or one GPU; of all GPUs the first
   * @param listener is told each finding as it comes
   */
  public static void run(DevicePolicy policy, Consumer<Finding> listener) {
    new DeviceChecks(policy, listener).run();
  }

  private void run() {
    tell("engine", () -> Finding.ok("engine", engine()));
    tell(device.name(), () -> Finding.ok(device.name(), memory()));
    Optional<Precision> precision = products();
    if (precision.isEmpty()) {
      return; // nothing that is made of products can be right
    }
    // First, as allocators keep what large networks take.
    if (device.isGpu()) {
      tell("memory of the GPU", () -> onDevice().finding(SMALL, new TorchTrainer(device)));
    }
    tell("memory", this::memoryOfProcess);
    StepCheck steps =
        new StepCheck(new TorchTrainer(Device.cpu()), new TorchTrainer(device), precision.get());
    for (String model : ModelZoo.names()) {
      tell("step of " + model, () -> steps.finding(model));
    }
    DevicePolicy one =
        new DevicePolicy(policy.gpu(), policy.gpu() ? device.index() : DevicePolicy.ANY, 1, 1);
    DevicePool pair = TorchDevices.pool(new DevicePolicy(one.gpu(), one.index(), 2, 1));
    tell("two trainings", () -> new TogetherCheck(pair, TorchTrainer::new).finding(SMALL));
    speed(SMALL, one, AT_ONCE);
    speed(LARGE, one, List.of(1));
  }

  private Optional<Precision> products() {
    ProductCheck check = new ProductCheck(new OnDevice(device));
    Optional<Precision> matrices = product("product of matrices", check::matrices);
    Optional<Precision> convolution = product("convolution", check::convolution);
    return matrices.flatMap(first -> convolution.map(first::or));
  }

  private Optional<Precision> product(String subject, Supplier<Double> error) {
    try {
      double found = error.get();
      listener.accept(ProductCheck.finding(subject, found));
      return Precision.of(found);
    } catch (RuntimeException e) {
      listener.accept(Finding.problem(subject, failed(e)));
      return Optional.empty();
    }
  }

  private void speed(String model, DevicePolicy one, List<Integer> atOnce) {
    String subject = "speed of " + model;
    tell(subject, () -> new SpeedCheck(model, one).finding(subject, atOnce));
  }

  /** What a check finds, or what the engine says as it fails. */
  private void tell(String subject, Supplier<Finding> check) {
    try {
      listener.accept(check.get());
    } catch (RuntimeException e) {
      listener.accept(Finding.problem(subject, failed(e)));
    }
  }

  private static String failed(RuntimeException e) {
    return "Fails: " + TorchEngine.reason(e) + ".";
  }

  private static String engine() {
    return TorchDevices.engine()
        + (TorchDevices.hasCuda() ? " for CUDA" : " for CPUs")
        + ", of "
        + TorchDevices.library()
        + "; DJL's engine "
        + TorchEngine.version()
        + ".";
  }

  private String memory() {
    return device.isGpu()
        ? TorchDevices.cuda(device) + "; " + EngineCheck.memory(TorchDevices.memory(device))
        : "The checks compare it with itself: what they try is themselves.";
  }

  private MemoryCheck onDevice() {
    return new MemoryCheck("memory of the GPU", () -> TorchDevices.memory(device).getCommitted());
  }

  private Finding memoryOfProcess() {
    long own = ProcessHandle.current().pid();
    return ResidentMemory.bytes(own).isEmpty()
        ? Finding.warning("memory", "This system does not tell how much a process holds.")
        : new MemoryCheck("memory", () -> ResidentMemory.bytes(own).orElseThrow())
            .finding(SMALL, new TorchTrainer(device));
  }

  /** What libtorch computes on a device. */
  private record OnDevice(Device device) implements ProductCheck.Products {
    @Override
    public float[] matrices(float[] left, float[] right, int rows, int inner, int columns) {
      return TorchProducts.matrices(device, left, right, rows, inner, columns);
    }

    @Override
    public float[] convolution(
        float[] images, float[] kernels, int count, int in, int out, int side) {
      return TorchProducts.convolution(device, images, kernels, count, in, out, side);
    }
  }
}
