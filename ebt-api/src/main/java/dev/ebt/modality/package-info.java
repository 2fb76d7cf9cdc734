/**
 * The SPI of kinds of data: {@link dev.ebt.modality.Modality} and {@link dev.ebt.modality.Dataset}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.modality;
