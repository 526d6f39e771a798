package io.ticketflow.runners.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  /** What looks like a secret by its name or its type, and why it may be written all the same. */
  private static final Set<String> LOOKED_AT =
      Set.of(
          "SSEKMSKeyId", // names a key that KMS holds
          "awsCredentialsProvider"); // names a class; its keys are refused, see below

  @Test
  void everyOptionThatCouldHoldASecretIsRefused() {
    Set<String> suspicious = new TreeSet<>();
    List<Class<? extends PipelineOptions>> interfaces =
        new ArrayList<>(PipelineOptionsFactory.getRegisteredOptions());
    interfaces.add(DirectOptions.class);
    interfaces.add(FlinkPipelineOptions.class);
    for (Class<? extends PipelineOptions> options : interfaces) {
      for (Method method : options.getMethods()) {
        if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
          String text = method.getName() + " " + method.getParameterTypes()[0].getSimpleName();
          if (text.toLowerCase(Locale.ROOT)
                  .matches(".*(passw|secret|token|credential|key\\b|key ).*")
              && !method.getParameterTypes()[0].equals(Boolean.class)) {
            suspicious.add(java.beans.Introspector.decapitalize(method.getName().substring(3)));
          }
        }
      }
    }

    assertThat(suspicious).contains("SSECustomerKey", "awsCredentialsProvider");
    for (String name : suspicious) {
      if (LOOKED_AT.contains(name)) {
        continue;
      }
      assertThatThrownBy(() -> new BeamArguments(List.of("--" + name + "=hunter2")))
          .as(name)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("--" + name + " takes a secret")
          .hasMessageNotContaining("hunter2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"a\",\"secretAccessKey\":\"hunter2\"}",
        "--awsCredentialsProvider={\"@type\":\"StsAssumeRoleWithWebIdentityCredentialsProvider\",\"webIdentityToken\":\"hunter2\"}",
        "--proxyConfiguration={\"endpoint\":\"http://h:1\",\"username\":\"u\",\"password\":\"hunter2\"}",
        "--proxyConfiguration={\"endpoint\":\"http://u:hunter2@h:1\"}",
        "--endpoint=http://u:hunter2@h:1",
        "--hdfsConfiguration=[{\"fs.s3a.secret.key\":\"hunter2\"}]",
        "--hdfsConfiguration=[{\"ssl.server.keystore.password\":\"hunter2\"}]"
      })
  void refusesSecretsInsideOtherOptionsAndDoesNotRepeatThem(String argument) {
    assertThatThrownBy(() -> new BeamArguments(List.of(argument)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(argument.replaceAll("=.*", "") + " has a ")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--awsCredentialsProvider={\"@type\":\"EnvironmentVariableCredentialsProvider\"}",
        "--awsCredentialsProvider={\"@type\":\"ProfileCredentialsProvider\",\"profileName\":\"p\"}",
        "--endpoint=http://127.0.0.1:9000",
        "--awsRegion=eu-central-1",
        "--hdfsConfiguration=[{\"fs.defaultFS\":\"hdfs://namenode:8020\"}]",
        "--SSEKMSKeyId=arn:aws:kms:eu-central-1:1:key/2",
        "--targetParallelism=2"
      })
  void takesWhatIsNone(String argument) {
    assertThatCode(() -> new BeamArguments(List.of(argument))).doesNotThrowAnyException();
  }
}
