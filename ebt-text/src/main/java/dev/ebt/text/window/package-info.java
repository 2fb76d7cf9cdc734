/**
 * From documents to rows of training data: {@link dev.ebt.text.window.Corpus} holds the tokens of
 * documents, {@link dev.ebt.text.window.TextSplit} parts them, {@link
 * dev.ebt.text.window.TokenWindows} cuts them into windows.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.window;
