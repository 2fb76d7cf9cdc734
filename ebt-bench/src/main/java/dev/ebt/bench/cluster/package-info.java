/**
 * How the processes of a training find each other: by options, by the environment of a launcher, or
 * as children of one command on this machine.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.cluster;
