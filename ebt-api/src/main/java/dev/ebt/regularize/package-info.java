/** The SPI for energy-landscape regularizers: {@link dev.ebt.regularize.Regularizer}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.regularize;
