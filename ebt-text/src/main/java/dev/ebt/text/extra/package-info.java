/**
 * Readers that need optional libraries: {@link dev.ebt.text.extra.OptionalLibrary} names them and
 * reports missing ones. No other package depends on these libraries.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.extra;
