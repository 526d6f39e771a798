/**
 * What a run is: immutable, validated records bound from YAML and written as canonical JSON. Every
 * other room reads them; they read none.
 */
@NullMarked
package io.ticketflow.spec;

import org.jspecify.annotations.NullMarked;
