package dev.ebt.bench.serve;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of a server.
 *
 * @param host the name or address of the network interface
 * @param port the port; 0 for a free one
 * @param hosts the host names of requests that are answered, in lower case; empty for all names
 * @param token the token that requests must bear; empty for none
 * @param accessLog receives a line for each request
 */
public record ServerSettings(
    String host,
    int port,
    Optional<Set<String>> hosts,
    Optional<BearerToken> token,
    ServerLimits limits,
    Consumer<String> accessLog) {}
