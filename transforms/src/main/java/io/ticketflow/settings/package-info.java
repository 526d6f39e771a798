/**
 * A run's settings as values by key: from YAML, from code or as canonical JSON, and how they become
 * the records of {@code spec}. The value of each key that nobody sets is in {@code defaults.yaml}.
 */
@NullMarked
package io.ticketflow.settings;

import org.jspecify.annotations.NullMarked;
