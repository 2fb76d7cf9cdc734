/** Training objectives: {@link dev.ebt.objective.Objective} defines the loss. */
@org.jspecify.annotations.NullMarked
package dev.ebt.objective;
