package io.ticketflow.store.remote;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What the exceptions of S3 servers and of Amazon's client mean. */
final class S3Failures extends StorageFailures {
  private static final int MISSING = 404;
  private static final int TOO_MANY = 429;
  private static final Set<Integer> BROKEN = Set.of(500, 502, 503, 504);
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable", "OperationAborted");

  private final String bucket;

  S3Failures(String bucket) {
    this.bucket = bucket;
  }

  @Override
  boolean isMissing(Throwable thrown) {
    Optional<SdkServiceException> answer = find(thrown, SdkServiceException.class);
    return answer.isPresent()
        ? answer.get().statusCode() == MISSING && !code(thrown).equals("NoSuchBucket")
        : super.isMissing(thrown);
  }

  @Override
  boolean isTransient(Throwable thrown) {
    Optional<SdkServiceException> answer = find(thrown, SdkServiceException.class);
    if (answer.isPresent()) {
      int status = answer.get().statusCode();
      return BROKEN.contains(status)
          || status == TOO_MANY
          || answer.get().isThrottlingException()
          || PASSING.contains(code(thrown));
    }
    return super.isTransient(thrown)
        || find(thrown, ApiCallAttemptTimeoutException.class).isPresent();
  }

  @Override
  String reason(Throwable thrown) {
    Optional<SdkServiceException> answer = find(thrown, SdkServiceException.class);
    if (answer.isPresent()) {
      int status = answer.get().statusCode();
      String code = code(thrown).isEmpty() ? "" : " " + code(thrown);
      return switch (status) {
        case 401, 403 ->
            "the server refuses these credentials for bucket "
                + bucket
                + " ("
                + status
                + code
                + ")";
        case MISSING -> "there is no bucket " + bucket;
        case 301, 307 ->
            "bucket " + bucket + " is in another region (" + status + "): set AWS_REGION";
        default -> "the server of bucket " + bucket + " answers " + status + code;
      };
    }
    String message =
        find(thrown, SdkClientException.class).map(StorageFailures::firstLine).orElse("");
    if (message.startsWith("Unable to load credentials")) {
      return "the environment has no credentials for bucket "
          + bucket
          + " (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role)";
    }
    if (message.startsWith("Unable to load region")) {
      return "the region of bucket " + bucket + " is not known: set AWS_REGION";
    }
    return super.reason(thrown);
  }

  /** The server's word for what is wrong; empty if it has none. */
  private static String code(Throwable thrown) {
    return find(thrown, AwsServiceException.class)
        .map(AwsServiceException::awsErrorDetails)
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }
}
