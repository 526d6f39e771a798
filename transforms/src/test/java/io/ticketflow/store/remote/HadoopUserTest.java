package io.ticketflow.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HadoopUserTest {
  @Test
  void anAccountThatIsInNoListOfUsersIsCalledByItsVariableOrItsNumber() {
    assertThat(HadoopUser.name("?", Map.of(), 12345)).contains("12345");
    assertThat(HadoopUser.name("?", Map.of("HADOOP_USER_NAME", "me"), 12345)).contains("me");
  }

  @Test
  void anAccountWithANameKeepsIt() {
    assertThat(HadoopUser.name("root", Map.of("HADOOP_USER_NAME", "me"), 0)).isEmpty();
  }
}
