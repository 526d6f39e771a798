package io.ticketflow.pipelines.compare;

import io.ticketflow.schemas.EpochRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the training curves of one cycle part.
 *
 * @param particle −1 for the training to the matching ticket
 * @param epoch of the first row that differs
 * @param column of that row, the first that differs
 * @param here its value; "absent" if there is no such row
 * @param there likewise, on the other side
 */
public record CurveDifference(int particle, int epoch, String column, String here, String there) {
  private record Place(int particle, int epoch) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::particle).thenComparingInt(Place::epoch);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** By particle, then by epoch; empty if the curves are equal. */
  public static Optional<CurveDifference> first(
      Collection<EpochRow> here, Collection<EpochRow> there) {
    SortedMap<Place, EpochRow> left = byPlace(here);
    SortedMap<Place, EpochRow> right = byPlace(there);
    Set<Place> places = new TreeSet<>(left.keySet());
    places.addAll(right.keySet());
    for (Place place : places) {
      EpochRow a = left.get(place);
      EpochRow b = right.get(place);
      if (a == null || b == null) {
        return Optional.of(
            of(place, "epoch", a == null ? null : "present", b == null ? null : "present"));
      }
      for (Schema.Field field : a.getSchema().getFields()) {
        Object x = a.get(field.pos());
        Object y = b.get(field.pos());
        if (!Objects.equals(x, y)) {
          return Optional.of(of(place, field.name(), x, y));
        }
      }
    }
    return Optional.empty();
  }

  private static CurveDifference of(
      Place place, String column, @Nullable Object here, @Nullable Object there) {
    return new CurveDifference(
        place.particle,
        place.epoch,
        column,
        Objects.toString(here, "absent"),
        Objects.toString(there, "absent"));
  }

  private static SortedMap<Place, EpochRow> byPlace(Collection<EpochRow> rows) {
    SortedMap<Place, EpochRow> map = new TreeMap<>();
    rows.forEach(row -> map.put(new Place(row.getParticle(), row.getEpoch()), row));
    return map;
  }
}
