/**
 * Outputs outside this machine's folders: S3 and Google Cloud Storage through Beam's FileSystems,
 * HDFS through Hadoop's client under Beam's options of it, whose own FileSystem neither creates
 * exclusively nor replaces atomically.
 */
@NullMarked
package io.ticketflow.store.remote;

import org.jspecify.annotations.NullMarked;
