/**
 * The example plugins of {@code docs/examples}, compiled into jars as their authors would and used
 * through the command line.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.example;
