/**
 * The SPI of kinds of data: {@link dev.ebt.modality.Modality} and {@link dev.ebt.modality.Dataset};
 * {@link dev.ebt.modality.Tokenizer} of text, {@link dev.ebt.modality.Encoder} of frames.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.modality;
