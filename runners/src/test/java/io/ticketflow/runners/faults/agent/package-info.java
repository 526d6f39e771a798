/**
 * A Java agent that ends, stops or fails a process of Ticketflow at an exact moment of its work.
 * Nothing of it is in the product: it rewrites a few methods as they are loaded. It runs on the
 * system class path, which every class loader of Flink sees, and on the JDK and Byte Buddy alone.
 */
@NullMarked
package io.ticketflow.runners.faults.agent;

import org.jspecify.annotations.NullMarked;
