/**
 * Decoding of logits to text: {@link dev.ebt.text.decode.TokenSampling}, {@link
 * dev.ebt.text.decode.StopText}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.decode;
