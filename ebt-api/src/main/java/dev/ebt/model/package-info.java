/** Models made of the layers of {@code dev.ebt.nn}: the autoregressive EBT. */
@org.jspecify.annotations.NullMarked
package dev.ebt.model;
