/** Contract tests of all our parts. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.contract;
