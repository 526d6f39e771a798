package io.ticketflow.pipelines.layers;

import io.ticketflow.settings.Settings;

/**
 * One source of values.
 *
 * @param source as a reader of the configuration knows it: a file's path, a preset, an override
 */
public record Layer(String source, Settings settings) {}
