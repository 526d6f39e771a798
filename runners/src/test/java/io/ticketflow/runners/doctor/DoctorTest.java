package io.ticketflow.runners.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.cluster.ClusterFolder;
import io.ticketflow.runners.doctor.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @Test
  void saysHowTheEngineGetsALibtorchForGpus() {
    List<Finding> findings = CudaCheck.findings(Map.of("PYTORCH_FLAVOR", "cu128"), 0, false);
    assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("gpu", "PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR");
    assertThat(findings.get(2).text()).startsWith("Not set").contains("2.7.1");
    assertThat(findings.get(3).text()).startsWith("Is cu128");
  }

  @Test
  void warnsOfGpusThatTheEngineDoesNotFind() {
    assertThat(CudaCheck.findings(Map.of(), 0, true).get(0).level()).isEqualTo(Level.WARNING);
    assertThat(CudaCheck.findings(Map.of(), 2, true))
        .extracting(Finding::subject)
        .doesNotContain("gpu");
  }

  @Test
  void namesTheVersionOfTheLibtorchInTheJars() {
    // What the JNI library was built for is what the build puts beside it.
    assertThat(CudaCheck.findings(Map.of(), 0, false).get(2).text())
        .contains(ai.djl.engine.Engine.getEngine("PyTorch").getVersion());
  }

  @Test
  void aFolderWithoutAClusterIsNoProblem(@TempDir Path none) {
    Finding finding = ClusterCheck.finding(new ClusterFolder(none));
    assertThat(finding.level()).isEqualTo(Level.OK);
    assertThat(finding.text()).contains("None runs", "cluster start");
  }
}
