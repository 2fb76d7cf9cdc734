/**
 * The text modality. Read in this order: {@link dev.ebt.text.TextPlugin} (the provided parts),
 * {@link dev.ebt.text.TextModality} (candidates, embeddings, loss), {@link
 * dev.ebt.text.TextDataset} and {@link dev.ebt.text.BracketDataset} (data).
 */
@NullMarked
package dev.ebt.text;

import org.jspecify.annotations.NullMarked;
