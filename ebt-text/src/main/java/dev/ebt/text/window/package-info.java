/**
 * From documents to training rows: {@link dev.ebt.text.window.Corpus} holds the tokens of
 * documents, {@link dev.ebt.text.window.TextSplit} splits them, {@link
 * dev.ebt.text.window.TrainingWindows} cuts them into windows.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.window;
