package io.ticketflow.runners.progress;

import org.jspecify.annotations.Nullable;

/** Stand-in for the record that trainers write. */
public record TrainingProgress(
    String action,
    String run,
    int cycle,
    int particle,
    int epoch,
    int epochs,
    int epochsDone,
    double loss,
    @Nullable Double accuracy,
    double imagesPerSecond,
    String state) {}
