package io.ticketflow.beam;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.RunRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class RecordCoderTest {
  private static final ArtifactRef RECORD =
      ArtifactRef.newBuilder().setSha256("ab12").setPath("artifacts/ab12").setBytes(7).build();

  @Test
  void writesTheBytesOfBeamsAvroCoder() throws Exception {
    Coder<ArtifactRef> coder = RecordCoder.of(ArtifactRef.class);
    byte[] bytes = CoderUtils.encodeToByteArray(coder, RECORD);
    assertThat(bytes)
        .isEqualTo(CoderUtils.encodeToByteArray(AvroCoder.specific(ArtifactRef.class), RECORD));
    assertThat(CoderUtils.decodeFromByteArray(coder, bytes)).isEqualTo(RECORD);
    coder.verifyDeterministic();
  }

  @Test
  void staysTheSameOnItsWayToWorkers() {
    Coder<ArtifactRef> coder = RecordCoder.of(ArtifactRef.class);
    CoderProperties.coderSerializable(coder);
    assertThat(SerializableUtils.clone(coder)).isEqualTo(coder).hasSameHashCodeAs(coder);
    assertThat((Object) coder).isNotEqualTo(RecordCoder.of(RunRecord.class));
    assertThat(coder.getEncodedTypeDescriptor().getRawType()).isEqualTo(ArtifactRef.class);
  }

  @Test
  void travelsWithoutASchema() {
    assertThat(SerializableUtils.serializeToByteArray(RecordCoder.of(RunRecord.class)))
        .hasSizeLessThan(1000);
  }
}
