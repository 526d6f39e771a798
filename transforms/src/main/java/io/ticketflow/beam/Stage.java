package io.ticketflow.beam;

import io.ticketflow.schemas.MetricRow;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * What a stage of the pipeline emits.
 *
 * @param elements what the next stage takes
 * @param rows what this stage measured and what it cost
 */
public record Stage<T>(TupleTag<T> tag, PCollection<T> elements, PCollection<MetricRow> rows)
    implements POutput {
  /** The rows' tag in every DoFn of this package. */
  static final TupleTag<MetricRow> ROWS = new TupleTag<>("rows") {};

  /** The rows as the additional output of a ParDo. */
  static final TupleTagList WITH_ROWS = TupleTagList.of(ROWS);

  static <T extends SpecificRecord> Stage<T> of(
      PCollectionTuple outputs, TupleTag<T> tag, Class<T> type) {
    return new Stage<>(
        tag,
        outputs.get(tag).setCoder(RecordCoder.of(type)),
        outputs.get(ROWS).setCoder(RecordCoder.of(MetricRow.class)));
  }

  @Override
  public Pipeline getPipeline() {
    return elements.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(tag, elements, ROWS, rows);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    // both collections were finished by the ParDo that made them
  }
}
