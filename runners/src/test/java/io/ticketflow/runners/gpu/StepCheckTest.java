package io.ticketflow.runners.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.doctor.Finding.Level;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepCheckTest {
  private static final Trainer CPU = new TorchTrainer(Device.cpu());
  private static final String MODEL = "resnet-20";

  @Test
  void aDeviceThatIsTheCpuGivesItsBits() {
    Finding finding = finding(CPU, Precision.FLOAT32);
    assertThat(finding).isEqualTo(Finding.ok("step of resnet-20", "The CPU's, to the bit."));
  }

  /** Another engine in float32 stands for another device. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "resnet-20"})
  void anotherEngineIsWithinTheTolerance(String model) {
    Finding finding = new StepCheck(CPU, new VectorTrainer(1), Precision.FLOAT32).finding(model);
    assertThat(finding.level()).as(finding.text()).isEqualTo(Level.OK);
    assertThat(finding.text()).contains("no tensor's way by more than");
  }

  @Test
  @Tag("proofs") // for its time
  void anotherEngineIsWithinTheToleranceForEveryModelThatItKnows() {
    StepCheck check = new StepCheck(CPU, new VectorTrainer(2), Precision.FLOAT32);
    for (String model : ModelZoo.names()) {
      if (!model.equals("airbench94")) { // whose frozen filters it does not take under masks
        Finding finding = check.finding(model);
        assertThat(finding.level()).as("%s: %s", model, finding.text()).isEqualTo(Level.OK);
      }
    }
  }

  /** What TF32 does to weights is no fault of a device that takes TF32, and one of another. */
  @Test
  void aStepFromRoundedWeightsIsAllowedWhereProductsAreRounded() {
    Trainer rounding =
        (job, data, listener, checkpoints) -> {
          ZooTraining training = new ZooTraining(job, data);
          return training.from(RoundedStart.rounded(job.start())).by(CPU);
        };
    Finding allowed = new StepCheck(CPU, rounding, Precision.TF32).finding("resnet-56");
    assertThat(allowed.level()).as(allowed.text()).isEqualTo(Level.OK);
    Finding wrong = new StepCheck(CPU, rounding, Precision.FLOAT32).finding("resnet-56");
    assertThat(wrong.level()).isEqualTo(Level.PROBLEM);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aLossThatIsOffByAThirtiethIsFound(Precision precision) {
    Finding finding =
        finding(
            WrongEngines.with(
                new WrongEngines.Fault() {
                  @Override
                  public double loss(double loss) {
                    return loss * (1 + 1 / 30.0);
                  }
                }),
            precision);
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).startsWith("Wrong: its loss is ");
  }

  @Test
  void aStepThatIsAQuarterTooLongIsFound() {
    Finding finding =
        finding(
            WrongEngines.with(
                new WrongEngines.Fault() {
                  @Override
                  public double rate(double rate) {
                    return 1.25 * rate;
                  }
                }),
            Precision.FLOAT32);
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).contains("by 0.25 of the way; 0.15 is allowed");
  }

  /** One tensor that a device leaves alone. */
  @ParameterizedTest
  @ValueSource(strings = {"layer2.1.bn1.bias", "fc.weight", "layer3.0.bn2.running_var"})
  void aTensorThatStaysWhereItWasIsNamed(String name) {
    TensorSet start = ZooTraining.of(MODEL, StepCheck.IMAGES, 1, 1, 1).job().start();
    Finding finding =
        finding(changing(tensor -> tensor.name().equals(name) ? start.get(name) : tensor));
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).contains("it leads " + name + " elsewhere", "by 1.0 of the way");
  }

  @Test
  void oneNumberThatIsNotOneIsFound() {
    Finding finding =
        finding(
            changing(
                tensor -> {
                  float[] values = tensor.values().clone();
                  values[values.length / 2] = Float.NaN;
                  return tensor.name().equals("conv1.weight") ? tensor.withValues(values) : tensor;
                }));
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).contains("conv1.weight", "NaN");
  }

  private static Trainer changing(UnaryOperator<Tensor> change) {
    return WrongEngines.with(
        new WrongEngines.Fault() {
          @Override
          public TensorSet end(TensorSet network) {
            return network.map(change);
          }
        });
  }

  private static Finding finding(Trainer trainer) {
    return finding(trainer, Precision.FLOAT32);
  }

  private static Finding finding(Trainer trainer, Precision precision) {
    return new StepCheck(CPU, trainer, precision).finding(MODEL);
  }
}
