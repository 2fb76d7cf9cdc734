/**
 * Byte-level byte-pair encoding: {@link dev.ebt.text.bpe.BpeTokenizer} is one, made of a {@link
 * dev.ebt.text.bpe.BpeModel} that {@link dev.ebt.text.bpe.TokenizerJson} reads and {@link
 * dev.ebt.text.bpe.BpeTrainer} learns.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.bpe;
