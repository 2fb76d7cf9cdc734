/** Training: {@link dev.ebt.train.Trainer} minimizes the loss of an objective. */
@org.jspecify.annotations.NullMarked
package dev.ebt.train;
