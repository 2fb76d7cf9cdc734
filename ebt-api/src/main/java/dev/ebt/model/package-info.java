/**
 * Models built from the layers of {@code dev.ebt.nn}: the autoregressive EBT for sequences, the
 * bidirectional EBT for images, and their baselines.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.model;
