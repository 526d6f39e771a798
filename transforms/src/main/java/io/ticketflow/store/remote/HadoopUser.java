package io.ticketflow.store.remote;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/** Who this process is for a Hadoop that asks for no proof. */
final class HadoopUser {
  /** What Java calls an account that the system's list of users does not have. */
  private static final String UNLISTED = "?";

  private HadoopUser() {}

  /** Gives an account without a name one, as Hadoop's login fails without. */
  static void settle(Configuration configuration) throws IOException {
    Optional<String> name =
        name(System.getProperty("user.name", UNLISTED), System.getenv(), new UnixSystem().getUid());
    boolean simple = configuration.get("hadoop.security.authentication", "simple").equals("simple");
    if (simple && name.isPresent()) {
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name.get()));
    }
  }

  /** HADOOP_USER_NAME or the account's number; empty if the account has a name. */
  static Optional<String> name(String account, Map<String, String> environment, long id) {
    return account.equals(UNLISTED)
        ? Optional.of(environment.getOrDefault("HADOOP_USER_NAME", Long.toString(id)))
        : Optional.empty();
  }
}
