/** Layers as plain functions of tensors and named parameters. */
@org.jspecify.annotations.NullMarked
package dev.ebt.nn;
