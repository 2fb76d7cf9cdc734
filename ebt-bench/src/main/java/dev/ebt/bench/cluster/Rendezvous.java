package dev.ebt.bench.cluster;

import dev.ebt.backend.Cluster;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The exchange of addresses between processes that know only that of the first one. Each of the
 * others sends a line with its number and port, and receives a line with the addresses of all.
 */
final class Rendezvous {
  private static final String GREETING = "ebt";
  private static final String REFUSED = "refused ";
  private static final int READ_MILLIS = 10_000;
  private static final int BETWEEN_TRIES_MILLIS = 100;

  private final String master;
  private final int port;
  private final int size;
  private final Duration timeout;

  /**
   * Creates an exchange that has not begun.
   *
   * @param master the host of the first process
   * @param port where it listens
   * @param size the number of processes
   * @param timeout how long a process may not answer in training; ten times as long at the start
   */
  Rendezvous(String master, int port, int size, Duration timeout) {
    this.master = master;
    this.port = port;
    this.size = size;
    this.timeout = timeout;
  }

  /**
   * Waits for all processes and returns their addresses.
   *
   * @throws UserException if some do not come, or two have the same number
   */
  Cluster meet(int rank) {
    int own = FreePorts.one();
    try {
      List<String> addresses = rank == 0 ? gathered(own) : received(rank, own);
      return new Cluster(addresses, rank, timeout);
    } catch (IOException e) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "process %d cannot meet the others at MASTER_ADDR %s, MASTER_PORT %d: %s",
              rank,
              master,
              port,
              ReasonText.of(e)),
          e);
    }
  }

  private long end() {
    return System.nanoTime() + timeout.multipliedBy(10).toNanos();
  }

  /** Returns the addresses of all processes, which the others send to this one. */
  private List<String> gathered(int own) throws IOException {
    Map<Integer, String> addresses = new TreeMap<>();
    addresses.put(0, address(master, own));
    Map<Integer, Socket> waiting = new TreeMap<>();
    long end = end();
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(port));
      while (addresses.size() < size) {
        Socket socket = next(server, end, addresses);
        String[] words = words(socket);
        if (words.length != 3) {
          socket.close(); // No process of ours.
          continue;
        }
        int number = Integer.parseInt(words[1]);
        String address = address(host(socket), Integer.parseInt(words[2]));
        String other = addresses.putIfAbsent(number, address);
        // One whose connection was broken comes again, with the same port.
        if (other != null && !other.equals(address)) {
          waiting.put(size, socket);
          String why =
              String.format(
                  Locale.ROOT,
                  "two processes have RANK %d: %s and %s; give each a number of its own",
                  number,
                  other,
                  address);
          answer(waiting.values(), REFUSED + why);
          throw new UserException(why);
        }
        Socket before = waiting.put(number, socket);
        if (before != null) {
          before.close();
        }
      }
      if (!answer(waiting.values(), String.join(",", addresses.values()))) {
        throw new IOException("the connection to another process is broken");
      }
      return List.copyOf(addresses.values());
    } finally {
      for (Socket socket : waiting.values()) {
        socket.close();
      }
    }
  }

  private Socket next(ServerSocket server, long end, Map<Integer, String> known)
      throws IOException {
    long left = (end - System.nanoTime()) / 1_000_000;
    try {
      server.setSoTimeout((int) Math.max(1, Math.min(left, Integer.MAX_VALUE)));
      return server.accept();
    } catch (SocketTimeoutException e) {
      String missing =
          IntStream.range(0, size)
              .filter(i -> !known.containsKey(i))
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(", "));
      throw new UserException(
          String.format(
              Locale.ROOT,
              "of %d processes (WORLD_SIZE), those with RANK %s did not come within %d s",
              size,
              missing,
              timeout.multipliedBy(10).toSeconds()),
          e);
    }
  }

  /** Returns the words of the line of a process; none if it is no line of one. */
  private String[] words(Socket socket) {
    try {
      socket.setSoTimeout(READ_MILLIS);
      String line = line(socket);
      boolean valid = line.matches(GREETING + " [0-9]{1,6} [0-9]{1,5}");
      String[] words = valid ? line.split(" ") : new String[0];
      return valid && Integer.parseInt(words[1]) < size ? words : new String[0];
    } catch (IOException e) {
      return new String[0];
    }
  }

  /** Sends a line to all, and returns whether none of the connections is known to be broken. */
  private static boolean answer(Collection<Socket> sockets, String line) throws IOException {
    boolean sent = true;
    for (Socket socket : sockets) {
      sent &= write(socket, line);
    }
    return sent;
  }

  /** Returns the host of a process; one on the machine of the first one has its host. */
  private String host(Socket socket) {
    InetAddress remote = socket.getInetAddress();
    return remote.isLoopbackAddress() ? master : remote.getHostAddress();
  }

  private static String address(String host, int port) {
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Returns the addresses of all processes, which the first one sends. */
  private List<String> received(int rank, int own) throws IOException {
    long end = end();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(master, port), READ_MILLIS);
        socket.setSoTimeout(Math.toIntExact(timeout.multipliedBy(10).toMillis()));
        if (!write(socket, GREETING + " " + rank + " " + own)) {
          throw new IOException("the connection is broken");
        }
        String line = line(socket);
        if (line.startsWith(REFUSED)) {
          throw new UserException(line.substring(REFUSED.length()));
        }
        List<String> addresses = Arrays.asList(line.split(","));
        if (addresses.size() == size) {
          return addresses;
        }
        throw new UserException(
            "the first process does not expect RANK "
                + rank
                + "; is WORLD_SIZE the same in all processes?");
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(IOException failure) throws IOException {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static String line(Socket socket) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    return line == null ? "" : line;
  }

  /** Sends a line, and returns whether the connection is not known to be broken. */
  private static boolean write(Socket socket, String line) throws IOException {
    PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    out.println(line);
    return !out.checkError();
  }
}
