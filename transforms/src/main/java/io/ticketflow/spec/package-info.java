/**
 * What a run is: immutable, validated records bound from YAML and written as canonical JSON. Every
 * other room reads them; they read none.
 *
 * <p>More than twenty files: one a section of an experiment's file, one a regime. Sections and
 * regimes need each other, so they share a room.
 */
@NullMarked
package io.ticketflow.spec;

import org.jspecify.annotations.NullMarked;
