/**
 * Result rows as Parquet tables that DuckDB, pandas and Spark open: written in a total order with
 * fixed settings, so that the same rows give the same bytes. Files go through plain streams; no
 * Hadoop file system is involved.
 */
@NullMarked
package io.ticketflow.store.tables;

import org.jspecify.annotations.NullMarked;
