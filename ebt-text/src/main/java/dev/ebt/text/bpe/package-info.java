/**
 * Byte-level byte-pair encoding: {@link dev.ebt.text.bpe.BpeTokenizer} encodes with a {@link
 * dev.ebt.text.bpe.BpeModel}, which {@link dev.ebt.text.bpe.TokenizerJson} reads and {@link
 * dev.ebt.text.bpe.BpeTrainer} trains.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.bpe;
