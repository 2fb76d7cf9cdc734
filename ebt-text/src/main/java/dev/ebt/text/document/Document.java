package dev.ebt.text.document;

/**
 * One text.
 *
 * @param source where it is from, for messages: a file, or a file and a line
 */
public record Document(String source, String text) {}
