/**
 * The SPI for data: {@link dev.ebt.modality.Modality} and {@link dev.ebt.modality.Dataset}, {@link
 * dev.ebt.modality.Tokenizer} for text, {@link dev.ebt.modality.LatentEncoder} for frames.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.modality;
