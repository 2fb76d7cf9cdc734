/**
 * Thinking as tensors: its settings and parts, {@link dev.ebt.step.ThinkingMethod}, and one step of
 * it, {@link dev.ebt.step.ThinkingStep}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.step;
