/** Learning: {@link dev.ebt.train.Objective} says what is minimised, the trainer minimises it. */
@org.jspecify.annotations.NullMarked
package dev.ebt.train;
