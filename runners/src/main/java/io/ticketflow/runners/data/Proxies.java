package io.ticketflow.runners.data;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, as curl reads them: {@code http_proxy}, {@code
 * https_proxy}, {@code all_proxy} and {@code no_proxy}, in lower or upper case, lower case first. A
 * server on this machine is asked directly. Where no variable is set, the JVM's own settings hold.
 */
public final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 80;

  private final Map<String, String> environment;

  /**
   * @param environment of the process
   * @throws UserException if a variable names no proxy
   */
  public Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    for (String scheme : List.of("http", "https")) {
      proxy(scheme).ifPresent(Proxies::address);
    }
  }

  @Override
  public List<Proxy> select(URI server) {
    if (isDirect(server)) {
      return List.of(Proxy.NO_PROXY);
    }
    String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
    Optional<URI> proxy = proxy(scheme);
    ProxySelector usual = ProxySelector.getDefault();
    if (proxy.isEmpty()) {
      return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(server);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, address(proxy.get())));
  }

  @Override
  public void connectFailed(URI server, SocketAddress proxy, IOException e) {
    // the request itself fails and says so
  }

  /** Answers a proxy that asks who is there by the name and password in its variable. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? List.of("http", "https").stream()
                .flatMap(scheme -> proxy(scheme).stream())
                .filter(
                    proxy ->
                        proxy.getHost().equalsIgnoreCase(getRequestingHost())
                            && port(proxy) == getRequestingPort())
                .flatMap(proxy -> Optional.ofNullable(proxy.getRawUserInfo()).stream())
                .map(Proxies::password)
                .findFirst()
                .orElse(null)
            : null;
      }
    };
  }

  private static PasswordAuthentication password(String userInfo) {
    String[] parts = userInfo.split(":", 2);
    String password = parts.length > 1 ? decoded(parts[1]) : "";
    return new PasswordAuthentication(decoded(parts[0]), password.toCharArray());
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private Optional<URI> proxy(String scheme) {
    String name = scheme + "_proxy";
    return variable(name).or(() -> variable("all_proxy")).map(value -> parse(name, value));
  }

  /** The message does not repeat the value, which may hold a password. */
  private static URI parse(String name, String value) {
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
        return proxy;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw UserException.of(
        "The proxy that the variable %s or all_proxy names must be written as "
            + "http://USER:PASSWORD@HOST:PORT, where USER and PASSWORD may be left out",
        name);
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
  }

  private static InetSocketAddress address(URI proxy) {
    return new InetSocketAddress(bare(proxy.getHost()), port(proxy));
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private boolean isDirect(URI server) {
    String host = bare(String.valueOf(server.getHost())).toLowerCase(Locale.ROOT);
    return isThisMachine(host)
        || variable("no_proxy").stream()
            .flatMap(list -> Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+")))
            .anyMatch(entry -> covers(entry, host, server.getPort()));
  }

  private static boolean isThisMachine(String host) {
    boolean numeric = host.contains(":") || host.matches("[0-9.]+");
    try {
      return host.equals("localhost")
          || (numeric && InetAddress.getByName(host).isLoopbackAddress());
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  /** An entry is a host, a domain with all below it, either with a port, or * for everything. */
  private static boolean covers(String entry, String host, int port) {
    String name = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && entry.indexOf(':') == colon) {
      if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = name.replaceFirst("^\\*?\\.", "");
    return name.equals("*")
        || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)));
  }
}
