package io.ticketflow.method.queue;

import io.ticketflow.action.MatchingTicketAction;
import io.ticketflow.math.Sha256;
import io.ticketflow.method.Round;
import io.ticketflow.method.RoundOfParticles;
import io.ticketflow.method.StartRun;
import io.ticketflow.method.TrainParticle;
import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far a run has come: trainings that can be made at once, and what follows when all are made.
 *
 * @param run of which it is
 * @param at where the run is, by cycle and by particles that the cycle has
 * @param rest how long the run takes from here on, in a unit of its own
 * @param trainings to make
 * @param follow what leads to the next tickets
 */
record Front(RunRecord run, At at, double rest, List<Piece> trainings, Piece follow) {
  /** A place on the way of a run. */
  record At(int cycle, int particles) {
    boolean isBefore(At other) {
      return cycle < other.cycle || (cycle == other.cycle && particles < other.particles);
    }

    static At of(RunTicket ticket) {
      int had = ticket.getRound() == null ? 0 : ticket.getRound().getParticles().size();
      return new At(ticket.getTicket().getCycle(), had);
    }
  }

  /** The start of a run: the dense training to its matching ticket. */
  static Front start(Workplace place, RunRecord run) {
    String key = MatchingTicketAction.of(place, Specs.of(run)).key();
    Function<Taker, List<RunTicket>> start = by -> by.take(StartRun::take, run);
    return of(run, new At(-1, 0), List.of(new Piece(key, true, start)), start);
  }

  /** A round of a run's cycle. */
  static Front round(Taker by, RunTicket ticket) {
    Map<Integer, ParticleRecord> trained = new ConcurrentHashMap<>(); // in this process
    List<Piece> trainings =
        by.take(RoundOfParticles::fanOut, ticket).stream()
            .map(task -> new Piece(task.getAction(), true, taker -> train(taker, task, trained)))
            .toList();
    return of(
        ticket.getRun(),
        At.of(ticket),
        trainings,
        taker -> Round.of(taker, ticket, trained).next());
  }

  private static List<RunTicket> train(
      Taker by, ParticleTask task, Map<Integer, ParticleRecord> trained) {
    by.take(TrainParticle::take, task).forEach(each -> trained.put(each.getParticle(), each));
    return List.of();
  }

  private static Front of(
      RunRecord run, At at, List<Piece> trainings, Function<Taker, List<RunTicket>> follow) {
    String keys = trainings.stream().map(Piece::key).collect(Collectors.joining(" "));
    String text = "what follows " + run.getRun() + " " + at + " " + keys;
    String key = Sha256.hex(Sha256.of(text));
    return new Front(
        run,
        at,
        RestOfRun.from(Specs.of(run), Math.max(0, at.cycle())),
        trainings,
        new Piece(key, false, follow));
  }
}
