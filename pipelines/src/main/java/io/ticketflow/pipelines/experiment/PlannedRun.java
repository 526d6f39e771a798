package io.ticketflow.pipelines.experiment;

import io.ticketflow.spec.RunSpec;

/**
 * One run of an experiment: a method with a seed and a point on each axis.
 *
 * @param run unique in the experiment, and usable as a file name
 * @param method label of the experiment's entry
 * @param variant the axes at this run, as key=value joined by commas; empty without axes
 */
public record PlannedRun(String run, String method, String variant, RunSpec spec) {}
