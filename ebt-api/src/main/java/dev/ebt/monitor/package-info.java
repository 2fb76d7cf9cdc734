/** The observers of a training: {@link dev.ebt.monitor.Monitor}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.monitor;
