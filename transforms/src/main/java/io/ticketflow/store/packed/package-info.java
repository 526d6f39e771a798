/**
 * The packed form of an Avro container file: blocks by Avro's deflate, which every reader of Avro
 * undoes. What a file holds, its digest included, is its plain form; how well it is packed is
 * nobody's result.
 */
@NullMarked
package io.ticketflow.store.packed;

import org.jspecify.annotations.NullMarked;
