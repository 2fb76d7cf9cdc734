/** The SPI of moves: {@link dev.ebt.optimize.Optimizer}, for candidates and for parameters. */
@org.jspecify.annotations.NullMarked
package dev.ebt.optimize;
