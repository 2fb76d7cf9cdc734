/**
 * Training: {@link dev.ebt.train.Objective} defines the loss, {@link dev.ebt.train.Trainer}
 * minimizes it.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.train;
