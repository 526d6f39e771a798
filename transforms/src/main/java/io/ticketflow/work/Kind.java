package io.ticketflow.work;

import io.ticketflow.schemas.ArtifactRef;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What actions do. Both name and code version are part of every key.
 *
 * @param name as plans and keys have it, such as "particle"
 * @param codeVersion is raised when the same inputs give another result
 * @param type of the record that is committed
 * @param artifact the file that such a record refers to and that must be there for it to count
 */
public record Kind<R extends SpecificRecord>(
    String name, int codeVersion, Class<R> type, Function<R, Optional<ArtifactRef>> artifact) {}
