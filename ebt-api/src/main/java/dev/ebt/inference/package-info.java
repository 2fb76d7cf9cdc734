/**
 * Inference from programs: {@link dev.ebt.inference.EbtModel} answers the calls of many threads as
 * {@link dev.ebt.inference.Thinking} asks, and returns a {@link dev.ebt.inference.Thought}. A
 * plugin adapts its modality by an {@link dev.ebt.inference.InferenceAdapter}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.inference;
