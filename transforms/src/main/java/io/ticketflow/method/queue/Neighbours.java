package io.ticketflow.method.queue;

import io.ticketflow.schemas.FrontRecord;
import io.ticketflow.store.FrontStore;
import io.ticketflow.work.Claims;
import io.ticketflow.work.Workplace;
import java.util.Optional;

/** The other processes that work on the same sweep, as far as they show on storage. */
interface Neighbours extends AutoCloseable {
  /** Nobody else. */
  Neighbours NONE =
      new Neighbours() {
        @Override
        public boolean claim(String key) {
          return true;
        }

        @Override
        public void giveBack(String key) {
          // nobody waits for it
        }

        @Override
        public Optional<FrontRecord> front(String run) {
          return Optional.empty();
        }

        @Override
        public void tell(String run, FrontRecord front) {
          // nobody asks
        }

        @Override
        public void close() {
          // nothing is held
        }
      };

  /** Claims a piece for this process, unless another has it. */
  boolean claim(String key);

  /** Gives a claim back. */
  void giveBack(String key);

  /** How far a run has come, as one of them told. */
  Optional<FrontRecord> front(String run);

  /** Tells them how far a run has come. */
  void tell(String run, FrontRecord front);

  @Override
  void close();

  /** Those of a place. */
  static Neighbours in(Workplace place) {
    Claims claims = new Claims(place.claims(), Claims.LEASE);
    FrontStore fronts = new FrontStore(place.blobs());
    return new Neighbours() {
      @Override
      public boolean claim(String key) {
        return claims.take(key);
      }

      @Override
      public void giveBack(String key) {
        claims.giveBack(key);
      }

      @Override
      public Optional<FrontRecord> front(String run) {
        return fronts.find(run);
      }

      @Override
      public void tell(String run, FrontRecord front) {
        fronts.tell(run, front);
      }

      @Override
      public void close() {
        claims.close();
      }
    };
  }
}
