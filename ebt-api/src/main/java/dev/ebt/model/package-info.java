/**
 * Models made of the layers of {@code dev.ebt.nn}: the autoregressive EBT for sequences, the
 * bidirectional EBT for pictures.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.model;
