package dev.ebt.bench.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.backend.Cluster;
import dev.ebt.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a training as launchers name them in the environment: {@code RANK}, {@code
 * WORLD_SIZE}, {@code MASTER_ADDR} and {@code MASTER_PORT}, as those of PyTorch do, or {@code
 * TF_CONFIG}, as TensorFlow's do. An environment of a single process counts as none.
 */
public final class ProcessEnvironment {
  private static final int MASTER_PORT = 29_500;

  private final Map<String, String> environment;
  private final Duration timeout;

  /**
   * Creates a reader.
   *
   * @param environment the variables of the environment
   * @param timeout how long a process may not answer
   */
  public ProcessEnvironment(Map<String, String> environment, Duration timeout) {
    this.environment = environment;
    this.timeout = timeout;
  }

  /**
   * Returns the processes that the environment names; empty if it names none, or only this one.
   *
   * @throws UserException naming the variable, if the environment is contradictory or incomplete
   */
  public Optional<Cluster> cluster() {
    String configuration = environment.get("TF_CONFIG");
    if (environment.containsKey("WORLD_SIZE")) {
      return fromRank();
    }
    return configuration == null || configuration.isBlank()
        ? Optional.empty()
        : fromConfiguration(configuration);
  }

  private Optional<Cluster> fromRank() {
    int size = number("WORLD_SIZE", 1, Integer.MAX_VALUE, null);
    if (size == 1) {
      return Optional.empty();
    }
    int rank = number("RANK", 0, size - 1, null);
    String master = environment.get("MASTER_ADDR");
    if (master == null || master.isBlank()) {
      throw new UserException(
          "WORLD_SIZE is "
              + size
              + " and MASTER_ADDR is not set; set it to the host of the process with RANK 0");
    }
    int port = number("MASTER_PORT", 1, 65_535, MASTER_PORT);
    return Optional.of(new Rendezvous(master, port, size, timeout).meet(rank));
  }

  private int number(String name, int least, int most, @Nullable Integer otherwise) {
    String value = environment.get(name);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(String.valueOf(value).strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "the environment variable %s is %s; a number %s expected",
            name,
            value == null ? "not set" : "'" + value + "'",
            most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most));
  }

  private Optional<Cluster> fromConfiguration(String text) {
    JsonNode root = parsed(text);
    List<String> addresses = new ArrayList<>();
    int chiefs = 0;
    for (String job : List.of("chief", "worker")) {
      root.path("cluster").path(job).forEach(address -> addresses.add(address.asText()));
      chiefs = job.equals("chief") ? addresses.size() : chiefs;
    }
    if (addresses.size() < 2) {
      return Optional.empty();
    }
    String type = root.path("task").path("type").asText();
    JsonNode index = root.path("task").path("index");
    boolean known = type.equals("chief") || type.equals("worker");
    if (!known || !index.canConvertToInt()) {
      throw new UserException(
          "the environment variable TF_CONFIG has the task "
              + root.path("task")
              + "; {\"type\": \"worker\", \"index\": 0} expected, with chief or worker");
    }
    int rank = index.asInt() + (type.equals("worker") ? chiefs : 0);
    return Optional.of(new Cluster(addresses, rank, timeout));
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserException(
          "the environment variable TF_CONFIG is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
