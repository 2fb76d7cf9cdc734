/**
 * From logits to text: {@link dev.ebt.text.decode.Sampling}, {@link dev.ebt.text.decode.StopText}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.decode;
