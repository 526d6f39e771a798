package io.ticketflow.runners.faults.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Started by {@code -javaagent:JAR=FOLDER}; {@link Moments} says what is in the folder. */
public final class FaultAgent {
  private FaultAgent() {}

  /** Rewrites the methods around which things can happen, in whatever class loader they come. */
  public static void premain(String folder, Instrumentation instrumentation) {
    Moments.in(Path.of(folder));
    new AgentBuilder.Default()
        .type(named("io.ticketflow.store.LocalBlobs"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder
                    .visit(Advice.to(Advices.Open.class).on(named("open")))
                    .visit(
                        Advice.to(Advices.Write.class)
                            .on(named("write").or(named("create")).and(takesArguments(2))))
                    .visit(Advice.to(Advices.Move.class).on(named("move"))))
        .type(named("io.ticketflow.learn.train.EpochPass"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Advices.Epoch.class).on(named("run"))))
        .type(named("io.ticketflow.learn.torch.TrainingStep"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(Advices.Step.class).on(named("make"))))
        .installOn(instrumentation);
  }
}
